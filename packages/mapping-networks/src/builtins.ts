// Every plugin that comes with this package, as one list. The type names them one by one, so that editors complete
// their names and check their options.
import { dense, direct, hadamard, mapping, oneHot } from '@mapping-networks/core';
import { fashionMnist, glyphs, mnist } from '@mapping-networks/datasets';
import { cpu, wasm } from '@mapping-networks/engine-eager';
import { onnx } from '@mapping-networks/engine-onnx';
import { generator, latent, onnx as onnxModel, safetensors, tfjs } from '@mapping-networks/export';
import {
  alignment,
  binaryCrossEntropy,
  crossEntropy,
  mae,
  mappingLoss,
  mse,
  smoothness,
  stability,
} from '@mapping-networks/losses';
import { factorize, lowRank } from '@mapping-networks/low-rank';
import { masked, prune } from '@mapping-networks/prune';
import { fakeQuantized, quantize, quantizeLatent } from '@mapping-networks/quantize';
import { cnn1, cnn2, cnnBn, feedForward, mlp } from '@mapping-networks/targets';
import {
  accuracy,
  adam,
  adamW,
  clipByNorm,
  constant,
  cosine,
  lookahead,
  meanAbsoluteError,
  meanSquaredError,
  rAdam,
  ranger,
  sgd,
  stepDecay,
} from '@mapping-networks/train';

/** Any plugin of this package. */
export type Builtin =
  | typeof cnn1
  | typeof cnn2
  | typeof cnnBn
  | typeof mlp
  | typeof feedForward
  | typeof mapping
  | typeof direct
  | typeof lowRank
  | typeof masked
  | typeof fakeQuantized
  | typeof hadamard
  | typeof oneHot
  | typeof dense
  | typeof crossEntropy
  | typeof binaryCrossEntropy
  | typeof mse
  | typeof mae
  | typeof mappingLoss
  | typeof stability
  | typeof smoothness
  | typeof alignment
  | typeof glyphs
  | typeof mnist
  | typeof fashionMnist
  | typeof adam
  | typeof adamW
  | typeof rAdam
  | typeof sgd
  | typeof lookahead
  | typeof ranger
  | typeof clipByNorm
  | typeof cosine
  | typeof constant
  | typeof stepDecay
  | typeof accuracy
  | typeof meanAbsoluteError
  | typeof meanSquaredError
  | typeof onnx
  | typeof wasm
  | typeof cpu
  | typeof factorize
  | typeof prune
  | typeof quantize
  | typeof quantizeLatent
  | typeof latent
  | typeof generator
  | typeof onnxModel
  | typeof safetensors
  | typeof tfjs;

/** All plugins of this package, kind by kind. */
export const builtins: readonly Builtin[] = Object.freeze([
  cnn1,
  cnn2,
  cnnBn,
  mlp,
  feedForward,
  mapping,
  direct,
  lowRank,
  masked,
  fakeQuantized,
  hadamard,
  oneHot,
  dense,
  crossEntropy,
  binaryCrossEntropy,
  mse,
  mae,
  mappingLoss,
  stability,
  smoothness,
  alignment,
  glyphs,
  mnist,
  fashionMnist,
  adam,
  adamW,
  rAdam,
  sgd,
  lookahead,
  ranger,
  clipByNorm,
  cosine,
  constant,
  stepDecay,
  accuracy,
  meanAbsoluteError,
  meanSquaredError,
  onnx,
  wasm,
  cpu,
  factorize,
  prune,
  quantize,
  quantizeLatent,
  latent,
  generator,
  onnxModel,
  safetensors,
  tfjs,
]);
