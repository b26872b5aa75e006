// The contract of @mapping-networks/conformance: everything public, nothing else.
export { assertLaws, brokenLaws, law, type BrokenLaw, type Law } from './law.ts';
export { projectionLaws, type ProjectionLawOptions } from './projection-laws.ts';
