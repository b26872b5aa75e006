// config.json of a bundle, field by field; what is not known is refused.
import { newerBundle } from '../errors.ts';
import {
  choice,
  isRecord,
  list,
  oneOf,
  optional,
  real,
  record,
  requireValid,
  text,
  whole,
  type Check,
} from './check.ts';
import { parseJson } from './json.ts';

/** The name of a target, a parameterization or a projection under `use`, and its options beside it. */
export interface Spec {
  readonly use: string;
  readonly [option: string]: unknown;
}

/** What a user of the network must know of the data it was trained on. */
export interface DataSummary {
  readonly name: string;
  readonly inputShape: readonly number[];
  readonly task: 'classification' | 'regression';
  readonly classes: readonly string[];
  /** A byte v becomes (v / scale − mean) / std. */
  readonly normalization: { readonly scale: number; readonly mean: number; readonly std: number };
}

/** In how few bits each of some trainables is stored; `block` values in a row share a scale. */
export type Encodings = Readonly<
  Record<string, { readonly type: 'float16' | 'bfloat16' | 'int8' | 'int4'; readonly block?: number }>
>;

/** What config.json holds. */
export interface Config {
  readonly target: Spec;
  readonly parameterization: Spec;
  readonly fingerprint: string;
  readonly data?: DataSummary;
  readonly metrics?: Readonly<Record<string, number>>;
  /** Trainables that are stored in fewer bits than float32 has, by name. */
  readonly encoding?: Encodings;
  readonly checksum?: string;
}

const FILE = 'config.json';
const MOST_CHARACTERS = 2 ** 20;
const MOST_SIDES = 32;

const number = real();
const spec: Check = (value) => isRecord(value) && text(value['use']);
const hash: Check = (value) => text(value) && /^[0-9a-f]{64}$/.test(value as string);
const all = (check: Check): Check =>
  optional((value) => isRecord(value) && list(check)(Object.values(value)));
const grid = { block: optional(whole(1)) };

const isConfig = record({
  format: oneOf('mapping-networks'),
  version: oneOf(1, 2),
  map: oneOf(1),
  target: spec,
  parameterization: spec,
  fingerprint: hash,
  data: optional(
    record({
      name: text,
      inputShape: list(whole(1), 0, MOST_SIDES),
      task: oneOf('classification', 'regression'),
      classes: list(text),
      normalization: record({ scale: number, mean: number, std: number }),
    }),
  ),
  metrics: all(number),
  encoding: all(choice({ float16: {}, bfloat16: {}, int8: grid, int4: grid })),
  checksum: optional(hash),
});

/** @throws RUNTIME_INVALID_BUNDLE, RUNTIME_NEWER_BUNDLE */
export const readConfig = (json: string): Config => {
  const value = (json.length > MOST_CHARACTERS || parseJson(json)) as Config &
    Readonly<Record<string, unknown>>;
  const version = value?.['version'];
  if (real(3)(version) || real(2)(value?.['map'])) throw newerBundle();
  // The checksum came with version 2.
  requireValid(isConfig(value) && (version === 2) === !!value.checksum, FILE);
  return value;
};
