// Integers in the form that runtimes look for: QuantizeLinear and DequantizeLinear around operators of float32, which
// they replace by operators of integers. Where a runtime does not, the model computes the same.
import type { WeightGrid } from '@mapping-networks/core';
import type { OnnxNode, OnnxSide, OnnxTensor, PortableModel } from '../onnx/model.ts';
import { biasCodes } from './bias-codes.ts';
import { isProduct, quantizedValues } from './quantized-values.ts';
import { codesIn, dequantized, widened, type StoredCodes } from './weight-codes.ts';

/** What codes of an activation mean: value = scale · (code − zeroPoint). */
export interface ActivationScale {
  /** Above 0. */
  readonly scale: number;
  /** A code of the type. */
  readonly zeroPoint: number;
}

/** What a model is quantized with. */
export interface QdqOptions {
  /** The grid of a weight, by the name that the exported step knew it by; undefined leaves it as float32. */
  readonly weights: (name: string) => WeightGrid | undefined;
  /** The grids of activations by the names that `activationNames` lists; those without one stay float32. Default none. */
  readonly activations?: Readonly<Record<string, ActivationScale>>;
  /** The type of activations' codes; default `uint8`. */
  readonly activationType?: 'int8' | 'uint8';
}

/**
 * Names of the activations whose ranges `toQdq` needs. `withOutputs` gives them in runs for calibration.
 *
 * @example
 * ```ts
 * import { float32 } from '@mapping-networks/core';
 * import { activationNames, exportInference } from '@mapping-networks/graph';
 * import * as tf from '@tensorflow/tfjs-core';
 * const model = exportInference(({ x, w }) => ({ y: tf.matMul(x!, w!) }), {
 *   inputs: { x: { shape: [2], dtype: 'float32' } },
 *   weights: { w: float32(Float32Array.of(0.5, -1), [2, 1]) },
 * });
 * console.log(activationNames(model)); // [ 'x' ]
 * ```
 */
export const activationNames = (model: PortableModel): readonly string[] => [
  ...new Set(quantizedValues(model).values()),
];

/**
 * The model in integers: weights as int8 codes, exactly the values of their grids (int4 grids are stored as int8 codes
 * too); activations through QuantizeLinear and DequantizeLinear around Conv, Gemm and MatMul;
 * biases of these as int32, in units of the product of both scales. Results of the model stay float32.
 *
 * A weight must have been exported as it is (`exact` of `exportInference`), or its codes are not used.
 *
 * @example
 * ```ts
 * import { float32 } from '@mapping-networks/core';
 * import { activationNames, exportInference, toQdq } from '@mapping-networks/graph';
 * import * as tf from '@tensorflow/tfjs-core';
 * const grid = { type: 'int8', codes: Int8Array.of(1, -2), scales: Float32Array.of(0.5), zeroPoints: Int32Array.of(0) } as const;
 * const model = exportInference(({ x, w }) => ({ y: tf.matMul(x!, w!) }), {
 *   inputs: { x: { shape: [2], dtype: 'float32' } },
 *   weights: { w: float32(Float32Array.of(0.5, -1), [2, 1]) },
 * });
 * console.log(activationNames(model)); // [ 'x' ]
 * const { nodes } = toQdq(model, { weights: () => grid, activations: { x: { scale: 0.1, zeroPoint: 128 } } });
 * console.log(nodes.map(({ operator }) => operator));
 * // [ 'DequantizeLinear', 'QuantizeLinear', 'DequantizeLinear', 'MatMul' ]
 * ```
 */
export const toQdq = (
  model: PortableModel,
  { weights, activations = {}, activationType = 'uint8' }: QdqOptions,
): PortableModel => {
  const stored = new Map<string, StoredCodes>();
  for (const tensor of model.initializers) {
    const grid = tensor.origin && weights(tensor.origin.name);
    const codes = grid && codesIn(tensor, grid);
    if (codes !== undefined) stored.set(tensor.name, codes);
  }
  const roots = new Map(
    Array.from(quantizedValues(model)).filter(([, root]) => Object.hasOwn(activations, root)),
  );
  const scaleOf = (name: string): number | undefined => {
    const root = roots.get(name);
    return root === undefined ? undefined : activations[root]?.scale;
  };
  // Weights of products whose other operand is quantized: the products of integers.
  const inIntegers = new Set(
    model.nodes.filter(isProduct).flatMap(({ inputs }) => {
      const operands = inputs.slice(0, 2);
      return operands.some((name) => roots.has(name)) ? operands : [];
    }),
  );
  const biases = model.nodes.filter(isProduct).flatMap((node) => biasCodes(node, { model, stored, scaleOf }));
  const forms = new Map([
    ...Array.from(stored.values(), (codes) => {
      const { name } = codes.tensor;
      return [name, inIntegers.has(name) ? dequantized(codes) : widened(codes)] as const;
    }),
    ...biases.map(({ tensor, form }) => [tensor.name, form] as const),
  ]);
  const grids = gridConstants(new Set(roots.values()), activations, activationType);
  const pairs = (name: string, shape: readonly OnnxSide[]): readonly OnnxNode<OnnxSide>[] => {
    const root = roots.get(name);
    return root === undefined ? [] : quantizedPair(name, { shape, root, type: activationType });
  };
  const reads = (node: OnnxNode<OnnxSide>): OnnxNode<OnnxSide> => ({
    ...node,
    inputs: node.inputs.map((name) => (roots.has(name) ? `${name}.dequantized` : name)),
  });
  return {
    ...model,
    initializers: [
      ...model.initializers.flatMap((tensor) => forms.get(tensor.name)?.initializers ?? [tensor]),
      ...grids,
    ],
    nodes: [
      ...Array.from(forms.values()).flatMap(({ nodes }) => nodes),
      ...model.inputs.flatMap(({ name, shape }) => pairs(name, shape)),
      ...model.nodes.flatMap((node) => [
        reads(node),
        ...node.outputs.flatMap(({ name, shape }) => pairs(name, shape)),
      ]),
    ],
  };
};

const gridConstants = (
  roots: ReadonlySet<string>,
  activations: Readonly<Record<string, ActivationScale>>,
  type: 'int8' | 'uint8',
): readonly OnnxTensor[] =>
  Array.from(roots).flatMap((root): OnnxTensor[] => {
    const { scale, zeroPoint } = activations[root] as ActivationScale;
    const zero = type === 'int8' ? Int8Array.of(zeroPoint) : Uint8Array.of(zeroPoint);
    return [
      { name: `${root}.scale`, dtype: 'float32', shape: [], data: Float32Array.of(scale) },
      { name: `${root}.zeroPoint`, dtype: type, shape: [], data: zero },
    ];
  });

/** A value rounded to its grid: `NAME.dequantized` by way of `NAME.quantized`. */
const quantizedPair = (
  name: string,
  { shape, root, type }: { shape: readonly OnnxSide[]; root: string; type: 'int8' | 'uint8' },
): readonly OnnxNode<OnnxSide>[] => {
  const grid = [`${root}.scale`, `${root}.zeroPoint`];
  const codes = { name: `${name}.quantized`, dtype: type, shape };
  const values = { name: `${name}.dequantized`, dtype: 'float32', shape } as const;
  const call = { domain: '', attributes: {} } as const;
  return [
    { ...call, operator: 'QuantizeLinear', inputs: [name, ...grid], outputs: [codes] },
    { ...call, operator: 'DequantizeLinear', inputs: [codes.name, ...grid], outputs: [values] },
  ];
};
