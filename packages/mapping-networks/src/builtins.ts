// Every plugin that comes with this package, as one list. The type names them one by one, so that editors complete
// their names and check their options.
import { dense, direct, hadamard, mapping, oneHot } from '@mapping-networks/core';
import { fashionMnist, glyphs, mnist } from '@mapping-networks/datasets';
import { cpu, wasm } from '@mapping-networks/engine-eager';
import { onnx } from '@mapping-networks/engine-onnx';
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
import { cnn1, cnn2, cnnBn, mlp } from '@mapping-networks/targets';
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
  | typeof mapping
  | typeof direct
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
  | typeof cpu;

/** All plugins of this package, kind by kind. */
export const builtins: readonly Builtin[] = Object.freeze([
  cnn1,
  cnn2,
  cnnBn,
  mlp,
  mapping,
  direct,
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
]);
