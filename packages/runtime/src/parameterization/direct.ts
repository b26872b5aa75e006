// `direct`: every parameter is its own trainable, in units of its initialisation.
import { record, requireValid, text } from '../files/check.ts';
import { scaleInPlace, tensorScales } from '../space/scaling.ts';
import { floats, type RuntimeParameterization } from './binding.ts';

const isDirect = record({ use: text });

/**
 * `direct` of core, every parameter trained by itself. For option `parameterizations` of `load`.
 *
 * @example
 * ```ts
 * import { encodeBundle, direct as trained, modelMap } from '@mapping-networks/core';
 * import { direct, load, mlp } from '@mapping-networks/runtime';
 * import { mlp as target } from '@mapping-networks/targets';
 * const parts = { target: target(), parameterization: trained() };
 * const files = encodeBundle({ ...parts, trainables: modelMap(parts).init(0), buffers: {} });
 * const network = await load(files, { targets: { mlp }, parameterizations: { direct } });
 * console.log(network.theta.length); // 101770
 * ```
 */
export const direct: RuntimeParameterization = (spec, space) => {
  requireValid(isDirect(spec), 'direct');
  return {
    needs: space.parameters,
    operations: 0,
    generate: (tensors) => {
      const theta = new Float32Array(space.size);
      for (const { name, offset } of space.parameters)
        theta.set(floats(tensors, name) as Float32Array, offset);
      return scaleInPlace(tensorScales(space), theta);
    },
  };
};
