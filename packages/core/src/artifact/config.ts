// config.json of a bundle: the specs, the versions, the fingerprint and the checksum, compact. Parsed field by field;
// what is not known is refused, and no key of the file becomes a property of anything.
import { z } from 'zod';
import type { DataSummary } from '../model.ts';
import { invalidConfig, newerBundle } from '../errors.ts';
import { isPart } from '../plugin/part.ts';
import type { Spec } from '../plugin/spec.ts';
import { check } from '../plugin/check.ts';
import { clipped, quoted, shown } from '../shown.ts';
import { MOST_CONFIG_BYTES, MOST_SIDES } from './bounds.ts';
import type { EncodingConfig } from './latent-encoding.ts';
import { parseJson } from './strict-json.ts';

/** Version of the bundle's layout. Version 1 had no checksum; it is still read. */
export const BUNDLE_VERSION = 2;

/** Version of the canonical generator: random numbers, projections, elementary functions. */
export const MAP_VERSION = 1;

/**
 * What `config.json` of a bundle holds: the specs from which the network is made again, versions, fingerprint. Plain
 * JSON.
 */
export interface BundleConfig {
  readonly format: 'mapping-networks';
  /** `BUNDLE_VERSION` of the writer, 1 or 2. */
  readonly version: number;
  /** `MAP_VERSION` of the writer. */
  readonly map: number;
  /** With all options, as the parameterization. */
  readonly target: Spec;
  readonly parameterization: Spec;
  /** SHA-256 of all weights that the canonical generator makes of this bundle. */
  readonly fingerprint: string;
  readonly data?: DataSummary;
  /** Trainables that are stored in fewer bits than float32 has, by name. */
  readonly encoding?: Readonly<Record<string, EncodingConfig>>;
  /** Scores when it was saved, such as `test.accuracy`. */
  readonly metrics?: Readonly<Record<string, number>>;
  /** SHA-256 over this config as canonical JSON and latent.safetensors. Files of version 1 have none. */
  readonly checksum?: string;
}

const spec = z.looseObject({ use: z.string() });

const summary = z.strictObject({
  name: z.string(),
  inputShape: z.array(z.int().min(1)).max(MOST_SIDES),
  task: z.enum(['classification', 'regression']),
  classes: z.array(z.string()),
  normalization: z.strictObject({ scale: z.number(), mean: z.number(), std: z.number() }),
});

const encoding = z.discriminatedUnion('type', [
  z.strictObject({ type: z.enum(['float16', 'bfloat16']) }),
  z.strictObject({ type: z.enum(['int8', 'int4']), block: z.int().min(1).exactOptional() }),
]);

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits');

const fields = {
  format: z.literal('mapping-networks'),
  map: z.int().min(1),
  target: spec,
  parameterization: spec,
  fingerprint: sha256,
  data: summary.exactOptional(),
  encoding: z.record(z.string(), encoding).exactOptional(),
  metrics: z.record(z.string(), z.number()).exactOptional(),
};

const schemas = {
  1: z.strictObject({ version: z.literal(1), ...fields }),
  // The checksum comes with the version: a file that has lost it is not one of version 1.
  2: z.strictObject({ version: z.literal(2), ...fields, checksum: sha256 }),
};

/** Where something would pass for a part: a file names plugins, it does not bring them. */
const partIn = (value: unknown, key = 'the file'): string | undefined => {
  if (typeof value !== 'object' || value === null) return undefined;
  if (isPart(value)) return key;
  for (const [name, entry] of Object.entries(value)) {
    const found = partIn(entry, name);
    if (found !== undefined) return found;
  }
  return undefined;
};

/**
 * One line of JSON. Readers of version 2 ask for the `checksum`, which `encodeBundle` adds.
 *
 * @example
 * ```ts
 * import { bundleConfig, encodeConfig, mapping, modelMap } from '@mapping-networks/core';
 * import { mlp } from '@mapping-networks/targets';
 * const parts = { target: mlp(), parameterization: mapping({ latentDim: 64 }) };
 * const model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
 * console.log(encodeConfig(bundleConfig(model)).slice(0, 40)); // {"format":"mapping-networks","version":2
 * ```
 */
export const encodeConfig = (config: BundleConfig): string => `${JSON.stringify(config)}\n`;

/**
 * The config of a bundle.
 *
 * @throws CORE_INVALID_CONFIG, CORE_NEWER_BUNDLE naming `file`
 * @example
 * ```ts
 * import { decodeConfig, MappingNetworksError } from '@mapping-networks/core';
 * try {
 *   decodeConfig('{}');
 * } catch (error) {
 *   if (error instanceof MappingNetworksError) console.log(error.code); // CORE_INVALID_CONFIG
 * }
 * ```
 */
export const decodeConfig = (text: string, file = 'config.json'): BundleConfig => {
  const fail = (problem: string): never => {
    throw invalidConfig(file, problem);
  };
  if (text.length > MOST_CONFIG_BYTES)
    fail(`it has ${text.length} characters, more than ${MOST_CONFIG_BYTES}`);
  const json = parseJson(text, fail);
  const version: unknown =
    typeof json === 'object' && json !== null && 'version' in json ? json.version : undefined;
  if (typeof version === 'number' && version > BUNDLE_VERSION)
    throw newerBundle(file, 'layout', version, BUNDLE_VERSION);
  const part = partIn(json);
  if (part !== undefined) fail(`${quoted(part)} is a part instead of a name and options`);
  const result = version === 2 ? check(schemas[2], json) : check(schemas[1], json);
  if (result.issues !== undefined) {
    const { path = [], message = 'not valid', received } = result.issues[0] ?? {};
    const where = clipped(path.map(String).join('.')) || 'the file';
    return fail(`${where}: ${message}, got ${received === undefined ? 'nothing' : shown(received)}`);
  }
  if (result.value.map !== MAP_VERSION) throw newerBundle(file, 'map', result.value.map, MAP_VERSION);
  return result.value;
};
