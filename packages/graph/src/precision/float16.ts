// Weights in half the bytes. They are stored as float16 and widened when the model is loaded; activations stay float32,
// because most processors, and WebAssembly, compute nothing in float16.
import { decodeHalf, encodeHalf } from '@mapping-networks/core';
import { int } from '../lower/emitter.ts';
import { DATA_TYPE } from '../onnx/data-type.ts';
import type { OnnxTensor, PortableModel } from '../onnx/model.ts';
import { storeConstants, type StoredForm } from './store-constants.ts';

/** A Cast takes more bytes than it saves for fewer numbers. */
const LEAST = 64;

/**
 * The model with its float32 constants as float16, rounded to nearest; constants of fewer than 64 numbers, and those
 * with a number that float16 cannot hold (above 65,504), stay.
 *
 * @example
 * ```ts
 * import { toFloat16, type PortableModel } from '@mapping-networks/graph';
 * const w = { name: 'w', dtype: 'float32', shape: [100], data: new Float32Array(100).fill(0.1) } as const;
 * const x = { name: 'x', dtype: 'float32', shape: ['batch', 100] } as const;
 * const y = { ...x, name: 'y' };
 * const model: PortableModel = {
 *   operatorSets: [{ domain: '', version: 18 }],
 *   inputs: [x],
 *   outputs: [{ ...y, result: 'y' }],
 *   initializers: [w],
 *   nodes: [{ operator: 'Mul', domain: '', inputs: ['x', 'w'], outputs: [y], attributes: {} }],
 * };
 * const { initializers, nodes } = toFloat16(model);
 * console.log(initializers[0]?.data.byteLength, nodes[0]?.operator); // 200 Cast
 * ```
 */
export const toFloat16 = (model: PortableModel): PortableModel => storeConstants(model, halved);

const halved = (tensor: OnnxTensor): StoredForm | undefined => {
  const { name, dtype, shape, data } = tensor;
  if (dtype !== 'float32' || !(data instanceof Float32Array) || data.length < LEAST) return undefined;
  const bits = encodeHalf('float16', data);
  if (decodeHalf('float16', bits).some((value, at) => !Number.isFinite(value) && Number.isFinite(data[at])))
    return undefined;
  const stored: OnnxTensor = { name: `${name}.float16`, dtype: 'float16', shape, data: bits };
  const widen = {
    operator: 'Cast',
    domain: '',
    inputs: [stored.name],
    outputs: [{ name, dtype, shape }],
    attributes: { to: int(DATA_TYPE.float32) },
  } as const;
  return { initializers: [stored], nodes: [widen] };
};
