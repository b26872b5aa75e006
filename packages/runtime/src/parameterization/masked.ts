// `masked`: another parameterization with some weights at zero. Bit i of the mask, of 32 a word, is 1 where θ_i is kept.
import { invalidBundle } from '../errors.ts';
import { record, requireValid, text } from '../files/check.ts';
import { bitAt } from '../random/signs.ts';
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
  const words = Math.ceil(space.size / 32);
  return {
    ...inner,
    needs: [...inner.needs, { name, shape: [words], int32: true }],
    generate: (tensors) => {
      const mask = new Uint32Array(tensors.get(name)?.data as Int32Array);
      // No bits behind the last weight.
      for (let i = space.size; i < 32 * words; i++) if (bitAt(mask, i)) throw invalidBundle(name);
      return inner.generate(tensors).map((value, i) => (bitAt(mask, i) ? value : 0));
    },
  };
};
