// All that the runtime has, for whoever loads any bundle.
import { moreLayers } from './layers/more.ts';
import type { LoadOptions } from './load.ts';
import { cnn1, cnn2 } from './networks/cnn.ts';
import { mlp } from './networks/mlp.ts';
import { decodeLatent } from './parameterization/decode-latent.ts';
import { direct } from './parameterization/direct.ts';
import { fakeQuantized } from './parameterization/fake-quantized.ts';
import { lowRank } from './parameterization/low-rank.ts';
import { mapping } from './parameterization/mapping.ts';
import { masked } from './parameterization/masked.ts';

/**
 * Every target, layer and parameterization of the runtime: `load(files, everything)` loads any bundle made of them. A page
 * that knows its network is smaller when it passes what that needs.
 */
export const everything: Required<LoadOptions> = {
  targets: { cnn1, cnn2, mlp },
  layers: moreLayers,
  parameterizations: { mapping, direct, masked, lowRank, fakeQuantized },
  decode: decodeLatent,
};
