// The contract of @mapping-networks/core: everything public, nothing else.
export { MappingNetworksError, type ErrorDetails } from './error.ts';
export { clipped, printable, quoted, shown } from './shown.ts';
export { requireArgument, requireWhole } from './argument.ts';
export { reasonOf } from './reason.ts';
export { withArticle } from './with-article.ts';
export {
  float32,
  int32,
  prefixed,
  sizeOf,
  unprefixed,
  zeros,
  type ArrayTensor,
  type NamedArrays,
  type NamedTensors,
  type TensorSpec,
} from './arrays.ts';

export type { Contracts, Kind } from './contracts/contracts.ts';
export type { Callback, EndReason, EpochRecord, Scores, TrainEvent } from './contracts/callback.ts';
export type {
  Batch,
  Dataset,
  DatasetInfo,
  DatasetLocation,
  DatasetSplits,
  LoadContext,
  Split,
} from './contracts/dataset.ts';
export type {
  CompiledStep,
  Engine,
  EngineSession,
  InputSpec,
  Step,
  StepSignature,
} from './contracts/engine.ts';
export type { ExportContext, ExportedNetwork, Exporter, ExportTolerance } from './contracts/exporter.ts';
export { checkInputs, checkSignature } from './contracts/check-step.ts';
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
} from '@mapping-networks/runtime/canonical';
export type { Loss, LossContext, LossValue, LossWarning } from './contracts/loss.ts';
export type { Metric } from './contracts/metric.ts';
export type { Optimizer, Update, UpdateContext } from './contracts/optimizer.ts';
export type {
  AroundParameterization,
  ConstantCoding,
  ConstantSpec,
  MapChunks,
  MatrixFactors,
  Parameterization,
  ParameterMap,
  RandomRows,
  Regularizer,
  RegularizerName,
  WeightFormat,
  WeightGrid,
} from './contracts/parameterization.ts';
export type { FineTuning, Pass, PassContext, PassResult, PassStage } from './contracts/pass.ts';
export type { BoundProjection, Projection, ProjectionChunks } from './contracts/projection.ts';
export type { Schedule } from './contracts/schedule.ts';
export {
  initialBuffers,
  type ApplyContext,
  type BufferSpec,
  type LayeredNetwork,
  type MakeTarget,
  type MaskSpec,
  type Target,
  type TargetOutput,
} from './contracts/target.ts';

export { allowed } from './plugin/allowed.ts';
export { check, checkArgument, type Checked } from './plugin/check.ts';
export { nearest, suggestion } from './plugin/did-you-mean.ts';
export { describeIssues, type OptionIssue } from './plugin/issue.ts';
export type { JsonSchema } from './plugin/json-schema.ts';
export { isPart, type Part } from './plugin/part.ts';
export { definePlugin, type OptionsSchema, type Plugin, type PluginDefinition } from './plugin/plugin.ts';
export {
  createRegistry,
  isPlugin,
  type AnyPlugin,
  type PluginsOf,
  type Registry,
} from './plugin/registry.ts';
export type { AnySlot, Slot, SlotKeys, SlotsOf } from './plugin/slots.ts';
export { resolve, toSpec, type Spec, type SpecInput } from './plugin/spec.ts';

export {
  parameterSpace,
  type Init,
  type LayerSpan,
  type ParameterSpace,
  type ParameterSpec,
  type PlacedParameter,
  type Role,
} from './space/parameter-space.ts';
export { cut, cutTensor, join } from './space/flat.ts';
export { scaledTensors } from './space/scaling.ts';
export { bias, gain, kernel } from './space/specs.ts';

export {
  cosTurn,
  exp,
  initMoments,
  log,
  scaleInPlace,
  signAt,
  sin,
  sinTurn,
  tanh,
  tensorScales,
  threefry2x32,
  type Moments,
  type TensorScale,
} from '@mapping-networks/runtime/canonical';
export { childKey, randomKey, type PathStep, type RandomKey } from './random/key.ts';
export { normal } from './random/normal.ts';
export { permutation, subset } from './random/permutation.ts';
export { signBits, signs } from './random/signs.ts';
export { integers, uniform } from './random/uniform.ts';
export { words } from './random/words.ts';

export { dense } from './projection/dense.ts';
export { hadamard } from './projection/hadamard/hadamard.ts';
export { linear } from './projection/linear.ts';
export { oneHot } from './projection/one-hot.ts';

export { allocate } from './mapping/allocation.ts';
export { mapping } from './mapping/mapping.ts';
export type {
  Activation,
  Allocation,
  Brief,
  MappingInput,
  MappingOptions,
  Modulation,
  Trained,
} from './mapping/options.ts';
export { direct, directTrainables } from './direct.ts';
export { givenWeights } from './given-weights.ts';

export { applyPasses, type PassesResult, type PassFigures, type PassReport } from './passes/apply-passes.ts';
export type { Change } from './passes/change.ts';
export { modelSize, type ModelSize } from './passes/model-size.ts';

export { decodeHalf, encodeHalf, type HalfType } from './artifact/half.ts';
export type { EncodingConfig, LatentEncoding, LatentGrid } from './artifact/latent-encoding.ts';
export type { StoredArray, StoredArrays } from './artifact/stored-array.ts';
export { canonicalJson } from './artifact/canonical-json.ts';
export {
  bundleConfig,
  decodeBundle,
  encodeBundle,
  type BundleFiles,
  type BundleLimits,
} from './artifact/bundle.ts';
export {
  BUNDLE_VERSION,
  decodeConfig,
  encodeConfig,
  MAP_VERSION,
  type BundleConfig,
} from './artifact/config.ts';
export { fingerprint } from './artifact/fingerprint.ts';
export { parseJson } from './artifact/strict-json.ts';
export {
  decodeSafetensors,
  encodeSafetensors,
  parseSafetensors,
  type Safetensors,
} from './artifact/safetensors.ts';
export {
  modelFingerprint,
  modelMap,
  modelParameters,
  modelTheta,
  requireModel,
  type DataSummary,
  type Model,
} from './model.ts';
