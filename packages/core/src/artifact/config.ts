// config.json of a bundle: the specs, the versions and the fingerprint, compact. Parsed field by field; what is not
// known is refused, and no key of the file becomes a property of anything.
import { z } from 'zod';
import type { DataSummary } from '../model.ts';
import { invalidConfig, newerBundle } from '../errors.ts';
import { isPart } from '../plugin/part.ts';
import type { Spec } from '../plugin/spec.ts';

/** Version of the bundle's layout. */
export const BUNDLE_VERSION = 1;

/** Version of the canonical generator: random numbers, projections, elementary functions. */
export const MAP_VERSION = 1;

/**
 * What `config.json` of a bundle holds: the specs from which the network is made again, versions, fingerprint. Plain
 * JSON.
 */
export interface BundleConfig {
  readonly format: 'mapping-networks';
  /** `BUNDLE_VERSION` of the writer. */
  readonly version: number;
  /** `MAP_VERSION` of the writer. */
  readonly map: number;
  /** With all options, as the parameterization. */
  readonly target: Spec;
  readonly parameterization: Spec;
  /** SHA-256 of all weights that the canonical generator makes of this bundle. */
  readonly fingerprint: string;
  readonly data?: DataSummary;
  /** Scores when it was saved, such as `test.accuracy`. */
  readonly metrics?: Readonly<Record<string, number>>;
}

const spec = z.looseObject({ use: z.string() });

const summary = z.strictObject({
  name: z.string(),
  inputShape: z.array(z.int().min(1)),
  task: z.enum(['classification', 'regression']),
  classes: z.array(z.string()),
  normalization: z.strictObject({ scale: z.number(), mean: z.number(), std: z.number() }),
});

const schema = z.strictObject({
  format: z.literal('mapping-networks'),
  version: z.int().min(1),
  map: z.int().min(1),
  target: spec,
  parameterization: spec,
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
  data: summary.exactOptional(),
  metrics: z.record(z.string(), z.number()).exactOptional(),
});

/** Neither a prototype, nor what would pass for a part: a file names plugins, it does not bring them. */
const refused = (key: string, value: unknown): unknown => {
  if (key === '__proto__') throw new SyntaxError("the key '__proto__' is not allowed");
  if (isPart(value)) throw new SyntaxError(`'${key}' is a part instead of a name and options`);
  return value;
};

/**
 * One line of JSON.
 *
 * @example
 * ```ts
 * import { bundleConfig, encodeConfig, mapping, modelMap } from '@mapping-networks/core';
 * import { mlp } from '@mapping-networks/targets';
 * const parts = { target: mlp(), parameterization: mapping({ latentDim: 64 }) };
 * const model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
 * console.log(encodeConfig(bundleConfig(model)).slice(0, 40)); // {"format":"mapping-networks","version":1
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
  let json: unknown;
  try {
    json = JSON.parse(text, refused);
  } catch (cause) {
    throw invalidConfig(file, 'it is not JSON that can be read', cause);
  }
  const version: unknown =
    typeof json === 'object' && json !== null && 'version' in json ? json.version : undefined;
  if (typeof version === 'number' && version > BUNDLE_VERSION)
    throw newerBundle(file, 'layout', version, BUNDLE_VERSION);
  const result = schema.safeParse(json);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw invalidConfig(file, `${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'not valid'}`);
  }
  if (result.data.map !== MAP_VERSION) throw newerBundle(file, 'map', result.data.map, MAP_VERSION);
  return result.data;
};
