// The contract of @mapping-networks/conformance: everything public, nothing else.
export { assertLaws, brokenLaws, law, type BrokenLaw, type Law } from './law.ts';
export { projectionLaws, type ProjectionLawOptions } from './projection-laws.ts';
export { parameterizationLaws, type ParameterizationLawOptions } from './parameterization-laws.ts';
export { partLaws } from './part-laws.ts';
export { targetLaws, type TargetLawOptions } from './target-laws.ts';
