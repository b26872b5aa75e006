// What makes a run this run: everything that its numbers depend on, as plain JSON, and a hash of it. A checkpoint is
// only taken up by the run that it belongs to.
import {
  canonicalJson,
  encodeSafetensors,
  fingerprint,
  MAP_VERSION,
  toSpec,
  type ArrayTensor,
  type DatasetSplits,
  type NamedArrays,
  type Split,
} from '@mapping-networks/core';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { mapNamed } from '../named.ts';
import type { TrainParts } from '../run/options.ts';
import type { TrainSettings } from '../run/settings.ts';
import { augmentKey } from '../step/draws.ts';
import type { RunFacts } from './checkpoint.ts';

/** Examples of the train split that are hashed. */
const SAMPLED = 16;

/** Of settings as they are used: `batchSize` no larger than the split. */
export const runFacts = (
  parts: TrainParts,
  settings: TrainSettings,
  splits: DatasetSplits,
  constants: NamedArrays = {},
): RunFacts => ({
  map: MAP_VERSION,
  target: toSpec(parts.target),
  parameterization: toSpec(parts.parameterization),
  loss: toSpec(parts.loss),
  optimizer: toSpec(parts.optimizer),
  schedule: toSpec(parts.schedule),
  metrics: parts.metrics.map(toSpec),
  dataset: {
    name: splits.info.name,
    train: splits.train.size,
    validation: splits.validation.size,
    test: splits.test.size,
    examples: sampleHash(splits.train, settings.seed),
  },
  settings: numericSettings(settings),
  ...(Object.keys(constants).length > 0 && { constants: mapNamed(constants, hashOf) }),
});

const hashOf = (array: ArrayTensor): string => bytesToHex(sha256(encodeSafetensors({ array })));

/** Those that change a number of the run; the others say how fast it goes, what is kept, and when it ends. */
const numericSettings = (settings: TrainSettings): Readonly<Record<string, unknown>> => {
  const { epochs, batchSize, learningRate, seed, validateEvery, onNan, restoreBest } = settings;
  const always = { epochs, batchSize, learningRate, seed, validateEvery, onNan, restoreBest };
  // Where a roll-back leads to.
  return onNan === 'stop' ? always : { ...always, checkpointEvery: settings.checkpointEvery };
};

/** Of the first examples, augmented by the run's seed: other data under the same name is told apart. */
const sampleHash = (split: Split, seed: number): string => {
  const indices = Array.from({ length: Math.min(SAMPLED, split.size) }, (_, i) => i);
  const { x, y } = split.batch(indices, augmentKey(seed, 0, 0));
  const numbers = new Float32Array(x.length + y.length);
  numbers.set(x);
  numbers.set(y, x.length);
  return fingerprint(numbers);
};

/** SHA-256 of the canonical JSON. */
export const identityOf = (facts: RunFacts): string => bytesToHex(sha256(utf8ToBytes(canonicalJson(facts))));
