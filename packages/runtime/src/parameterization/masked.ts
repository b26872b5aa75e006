// `masked`: another parameterization with some weights at zero. The mask is decoded with the weights that it is put on.
import { invalidBundle } from '../errors.ts';
import { record, requireValid, text } from '../files/check.ts';
import type { Tensor } from '../files/safetensors.ts';
import { decodeMask } from '../mask/decode-mask.ts';
import { MASK_OPERATIONS, mostMaskBytes } from '../mask/bit-model.ts';
import type { RuntimeParameterization } from './binding.ts';

const isMasked = record({ use: text, inner: (value) => value !== undefined });

/**
 * `masked` of `@mapping-networks/prune`, another parameterization with some weights at zero. For option `parameterizations`
 * of `load`, beside what the inner one needs.
 *
 * @example
 * ```ts
 * import { encodeBundle, int32, mapping, modelMap } from '@mapping-networks/core';
 * import { masked as pruned } from '@mapping-networks/prune';
 * import { load, masked, mlp } from '@mapping-networks/runtime';
 * import { mlp as target } from '@mapping-networks/targets';
 * const parts = { target: target(), parameterization: pruned({ inner: mapping({ latentDim: 64 }) }) };
 * // Of 101,770 weights the first and the third are kept.
 * const constants = { mask: int32(Int32Array.of(5, ...new Int32Array(3180))) };
 * const model = { ...parts, constants, trainables: modelMap(parts).init(0), buffers: {} };
 * const { theta } = await load(encodeBundle(model), { targets: { mlp }, parameterizations: { masked } });
 * console.log(theta.filter((weight) => weight !== 0).length); // 2
 * ```
 */
export const masked: RuntimeParameterization = (spec, space, bind, constants) => {
  requireValid(isMasked(spec), 'masked');
  const inner = bind(spec['inner'], space, `${constants}inner/`);
  const name = `${constants}mask`;
  // Weights foretell their mask, unless they are masked themselves.
  const plain = inner.needs.every(({ shape }) => shape);
  const isCoded = ({ dtype, shape, data: { length } }: Tensor): boolean =>
    dtype === 'U8' && shape.length === 1 && length > 0 && length <= mostMaskBytes(space.size);
  return {
    ...inner,
    needs: [...inner.needs, { name, fits: isCoded }],
    // As core counts, which makes the weights twice.
    operations: (plain ? 2 : 1) * inner.operations + MASK_OPERATIONS * space.size,
    generate: (tensors) => {
      const theta = inner.generate(tensors);
      const kept = decodeMask(tensors.get(name)?.data as Uint8Array, space, plain ? theta : undefined);
      if (!kept) throw invalidBundle(name);
      return theta.map((value, i) => (kept[i] ? value : 0));
    },
  };
};
