// The building blocks of the canonical generator, for whoever makes parameterizations: `@mapping-networks/core` is built
// on them. Plain loops over float32, unchecked; the same bits in every JavaScript engine.
export { canonicalJson } from './files/canonical-json.ts';
export { packNibbles, unpackNibbles } from './files/nibbles.ts';
export { cosTurn, exp, log, sin, sinTurn, tanh } from './canonical/elementary.ts';
export { childKey, randomKey, type PathStep, type RandomKey } from './random/key.ts';
export { normal } from './random/normal.ts';
export { permutation, subset } from './random/permutation.ts';
export { bitAt, signAt, signBits } from './random/signs.ts';
export { threefry2x32 } from './random/threefry.ts';
export { below, uniform } from './random/uniform.ts';
export { words } from './random/words.ts';

export {
  layerSpans,
  placeParameters,
  sizeOf,
  type Init,
  type LayerSpan,
  type ParameterSpace,
  type ParameterSpec,
  type PlacedParameter,
  type Role,
} from './space/parameter.ts';
export { initMoments, type Moments } from './space/init-moments.ts';
export { scaleInPlace, tensorScales, type TensorScale } from './space/scaling.ts';
export { biasSpec, gainSpec, kernelSpec } from './space/specs.ts';

export {
  denseAdjoint,
  denseMatrix,
  denseOperations,
  denseProject,
  MOST_DENSE_ENTRIES,
} from './projection/dense.ts';
export {
  hadamardAdjoint,
  hadamardProject,
  hadamardRowDots,
  walshHadamard,
} from './projection/hadamard/canonical.ts';
export {
  blockRange,
  hadamardBlock,
  hadamardOperations,
  hadamardPlan,
  type HadamardBlock,
  type HadamardPlan,
} from './projection/hadamard/plan.ts';
export {
  oneHotAdjoint,
  oneHotOperations,
  oneHotProject,
  oneHotRowDots,
  oneHotTable,
  type OneHotTable,
} from './projection/one-hot.ts';

export {
  factorsIn,
  factorSpecs,
  isMatrix,
  namedMatrices,
  rankOperations,
  type Factor,
  type Matrix,
} from './low-rank/factors.ts';
export { gaussianRank } from './low-rank/gaussian-rank.ts';
export type { LayerChoice, RankOptions, Ranks } from './low-rank/options.ts';
export { factorOperations, multipliedFactors } from './low-rank/product.ts';

export { decodeHalf, encodeHalf, halved, LARGEST_HALF, type HalfType } from './files/half.ts';
export { CLIPPING_RATIOS } from './grid/candidates.ts';
export { LEAST_COUNT, LEAST_SCALE, levelsOf, MOST_REACH, type Levels } from './grid/levels.ts';
export type { WeightQuantization } from './grid/options.ts';
export { roundHalfEven } from './grid/round.ts';
export { gridOptionsOf, roundedParameters, roundInPlace, roundingOperations } from './grid/rounded.ts';
export { dequantize, weightGrid, type GridOptions, type WeightGrid } from './grid/weight-grid.ts';

export { decodeMask } from './mask/decode-mask.ts';
export { encodeMask } from './mask/encode-mask.ts';
export { MASK_OPERATIONS, mostMaskBytes, type MaskSpace } from './mask/bit-model.ts';

export { activationNormalizer, canonicalActivation } from './mapping/activation.ts';
export { allocateDims } from './mapping/allocation.ts';
export { branchSpans, generateMapping, type BranchSpan, type GeneratorPart } from './mapping/generate.ts';
export type { Activation, Allocation, Modulation } from './mapping/options.ts';

export {
  ACTIVATIONS,
  type ActivationLayer,
  type ActivationName,
  type BatchNormLayer,
  type Conv2dLayer,
  type DenseLayer,
  type DropoutLayer,
  type FlattenLayer,
  type GlobalAvgPool2dLayer,
  type Layer,
  type NamedLayer,
  type Padding,
  type Pool2dLayer,
  type ReshapeLayer,
  type Shape,
} from './layers/layer.ts';
