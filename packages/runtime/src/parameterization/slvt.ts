// The usual `mapping`: one latent for the whole network, spread by the default projection, nothing else. `mapping` beside
// it knows all options.
import { unknownName } from '../errors.ts';
import { canonicalJson } from '../files/canonical-json.ts';
import { requireValid, whole } from '../files/check.ts';
import { branchKey } from '../mapping/branch-key.ts';
import { hadamardProject } from '../projection/hadamard/canonical.ts';
import { hadamardOperations, hadamardPlan } from '../projection/hadamard/plan.ts';
import { scaleInPlace, tensorScales } from '../space/scaling.ts';
import { floats, type RuntimeParameterization } from './binding.ts';

/** What core writes of it, but for what is free. */
const PLAIN = {
  use: 'mapping',
  strategy: 'single',
  allocation: 'sqrt',
  projection: { use: 'hadamard' },
  activation: { type: 'identity' },
  modulation: { type: 'none' },
  train: ['latent'],
};

interface Plain {
  readonly latentDim?: number;
  readonly seed?: number;
}

/** @throws RUNTIME_UNKNOWN_NAME for a mapping that is not plain, RUNTIME_INVALID_BUNDLE */
export const slvt: RuntimeParameterization = (spec: object, space) => {
  const { latentDim = 0, seed = -1 } = spec as Plain;
  // Latents as large as the network, by permutations, are left to the whole mapping.
  const plain =
    canonicalJson(spec) === canonicalJson({ ...PLAIN, latentDim, seed }) && latentDim !== space.size;
  if (!plain) throw unknownName('mapping with such options');
  requireValid(whole(1, space.size)(latentDim) && whole(0)(seed), 'mapping');
  const plan = hadamardPlan(space.size, latentDim, branchKey(seed, '', 'projection'));
  return {
    needs: [{ name: 'z', shape: [latentDim] }],
    operations: hadamardOperations(plan),
    generate: (tensors) =>
      scaleInPlace(tensorScales(space), hadamardProject(plan, floats(tensors, 'z') as Float32Array)),
  };
};
