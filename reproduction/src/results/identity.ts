// What the numbers of an experiment depend on besides the seed: its config with every default written out, and what no
// option shows, how inputs are normalised and the network at its first step (a change of the map, of an initialiser).
import { canonicalJson, resolve, toSpec } from '@mapping-networks/core';
import {
  modelFingerprint,
  modelMap,
  pipelineFrom,
  registryOf,
  type AnyPlugin,
  type DatasetInfo,
} from 'mapping-networks';
import { createHash } from 'node:crypto';
import type { Json } from '../experiments/experiment.ts';

export interface Identity {
  /** Every default written out. */
  readonly config: Json;
  /** How raw inputs are normalised. */
  readonly inputs: DatasetInfo['normalization'];
  /** Fingerprint of all parameters at step 0 under seed 0. */
  readonly start: string;
  /** What is done to the trained network, every default written out; absent where nothing is. */
  readonly passes?: readonly Json[];
  /** SHA-256 of the above. */
  readonly hash: string;
}

/** Settings that change how fast a run is, what it says and what it keeps, but no number of its result. */
const INDIFFERENT: ReadonlySet<string> = new Set([
  'seed',
  'engine',
  'callbacks',
  'validateEvery',
  'evaluationBatchSize',
  'checkpointEvery',
]);

const withoutIndifferent = (record: object): Json =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !INDIFFERENT.has(name)));

const hashOf = (identity: Omit<Identity, 'hash'>): string =>
  createHash('sha256').update(canonicalJson(identity)).digest('hex');

/** `plugins`: beyond the built-in ones. @throws what `pipelineFrom` and `resolve` throw */
export const identityOf = (
  config: Json,
  plugins?: readonly AnyPlugin[],
  passes?: readonly Json[],
): Identity => {
  const registry = registryOf(plugins);
  const { parts, record } = pipelineFrom({ ...config, seed: 0 }, registry);
  const { target, parameterization } = parts;
  const trainables = modelMap(parts).init(0);
  const start = modelFingerprint({ target, parameterization, trainables, buffers: {} });
  const identity = {
    config: withoutIndifferent(record),
    inputs: parts.dataset.impl.info.normalization,
    start,
    ...(passes && { passes: passes.map((pass) => ({ ...toSpec(resolve(registry, 'pass', pass)) })) }),
  };
  return { ...identity, hash: hashOf(identity) };
};

const isTree = (value: unknown): value is object => typeof value === 'object' && value !== null;

const own = (tree: object, key: string): unknown =>
  Object.hasOwn(tree, key) ? Reflect.get(tree, key) : undefined;

/** `optimizer.beta2 was 0.999, is 0.99` for everything that differs. */
export const differences = (was: Identity, is: Identity): readonly string[] => [
  ...leaves(was.config, is.config, ''),
  ...leaves(was.inputs, is.inputs, 'inputs'),
  ...leaves(was.passes, is.passes, 'passes'),
  ...(was.start === is.start ? [] : ['the network at the first step is another one']),
];

const leaves = (was: unknown, is: unknown, path: string): readonly string[] => {
  if (isTree(was) && isTree(is)) {
    const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])];
    return keys.flatMap((key) => leaves(own(was, key), own(is, key), path === '' ? key : `${path}.${key}`));
  }
  return Object.is(was, is) ? [] : [`${path} was ${worded(was)}, is ${worded(is)}`];
};

const worded = (value: unknown): string => (value === undefined ? 'not there' : JSON.stringify(value));
