// The contract of @mapping-networks/conformance: everything public, nothing else.
export { assertLaws, brokenLaws, law, type BrokenLaw, type Law } from './law.ts';
export { projectionLaws, type ProjectionLawOptions } from './projection-laws.ts';
export { parameterizationLaws, type ParameterizationLawOptions } from './parameterization-laws.ts';
export { partLaws } from './part-laws.ts';
export { targetLaws, type TargetLawOptions } from './target-laws.ts';
export type { LossSample } from './loss/loss-case.ts';
export { lossLaws, type LossLawOptions } from './loss-laws.ts';
export { metricLaws, type MetricLawOptions } from './metric-laws.ts';
export { optimizerLaws, type OptimizerLawOptions } from './optimizer-laws.ts';
export { scheduleLaws } from './schedule-laws.ts';
export { callbackLaws, type CallbackLawOptions } from './callback-laws.ts';
export { datasetLaws, type DatasetLawOptions } from './dataset-laws.ts';
export { engineLaws, type EngineLawOptions } from './engine-laws.ts';
export { passLaws, type PassLawOptions } from './pass-laws.ts';
export { exporterLaws, type ExporterLawOptions } from './exporter-laws.ts';
