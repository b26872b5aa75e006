// The reader of weights files. The checksum comes first: after it, only what was written on purpose is parsed, and that is
// still checked field by field.
import {
  parseJson,
  parseSafetensors,
  quoted,
  requireArgument,
  sizeOf,
  type NamedArrays,
  type Spec,
} from '@mapping-networks/core';
import { z } from 'zod';
import { invalidWeights, newerWeights } from '../errors.ts';
import { checksumHolds } from './checksum.ts';
import { readTensor, type DataOf, type Fail, type TakeArray } from './read-tensor.ts';
import { storedTensorSchema, type StoredTensor } from './stored.ts';
import { BUFFER, FORMAT, VERSION } from './weights-file.ts';

/** A file may be a thirtieth of what it describes, all of which is made. */
const MOST_NUMBERS = 100_000_000;

/** What a weights file holds. */
export interface Weights {
  /** By name, dense, in float32. */
  readonly parameters: NamedArrays;
  /** Running statistics and the like; most networks have none. */
  readonly buffers: NamedArrays;
  /** The target that they belong to, as data: its name under `use`, its options beside it. */
  readonly target: Spec;
}

interface Network {
  readonly target: Spec;
  readonly tensors: Readonly<Record<string, StoredTensor>>;
}

const schema: z.ZodType<Network> = z.strictObject({
  target: z.looseObject({ use: z.string() }),
  tensors: z.record(z.string(), storedTensorSchema),
  data: z.unknown().optional(),
});

/**
 * The weights of a file of the exporter `safetensors`, dense and in float32 whatever they are stored in.
 *
 * @throws EXPORT_INVALID_WEIGHTS for a file that is damaged or none of these, with more than 10⁸ numbers, or with some
 * that are not finite; EXPORT_NEWER_WEIGHTS; CORE_INVALID_ARGUMENT
 * @example
 * ```ts
 * import { mapping, modelMap } from '@mapping-networks/core';
 * import { readWeights, safetensors } from '@mapping-networks/export';
 * import { mlp } from '@mapping-networks/targets';
 * const parts = { target: mlp(), parameterization: mapping({ latentDim: 64 }) };
 * const model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
 * const files = await safetensors().impl.write(model, {});
 * const { parameters } = readWeights(files['weights.safetensors']!);
 * console.log(parameters['fc2.kernel']?.shape); // [128, 10]
 * ```
 */
export const readWeights = (bytes: Uint8Array, file = 'weights.safetensors'): Weights => {
  requireArgument(bytes instanceof Uint8Array, 'readWeights', 'bytes', 'a Uint8Array', bytes);
  const fail: Fail = (problem) => {
    throw invalidWeights(file, problem);
  };
  if (!checksumHolds(bytes))
    fail('its checksum does not fit its bytes, so that it is damaged or none of these');
  const { arrays, metadata } = parseSafetensors(bytes, file);
  const { target, tensors } = networkOf(metadata, file, fail);
  const count = Object.values(tensors).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  if (count > MOST_NUMBERS) fail(`it describes ${count} numbers, more than ${MOST_NUMBERS}`);
  const left = new Set(Object.keys(arrays));
  const has = (name: string): boolean => left.has(name);
  const take: TakeArray = <T extends keyof DataOf>(name: string, dtype: T, length: number): DataOf[T] => {
    const array = left.delete(name) ? arrays[name] : undefined;
    if (array?.dtype !== dtype || array.data.length !== length)
      return fail(`array ${quoted(name)} is not there as ${length} times ${dtype}`);
    return array.data as DataOf[T];
  };
  const parameters = Object.entries(tensors).map(([name, tensor]) => [
    name,
    readTensor(name, tensor, take, has, fail),
  ]);
  const buffers = [...left].map((name) => {
    const array = arrays[name];
    if (!name.startsWith(BUFFER) || array?.dtype !== 'float32')
      return fail(`it has an array ${quoted(name)} that belongs to nothing`);
    return [name.slice(BUFFER.length), array] as const;
  });
  return { parameters: Object.fromEntries(parameters), buffers: Object.fromEntries(buffers), target };
};

const networkOf = (metadata: Readonly<Record<string, string>>, file: string, fail: Fail): Network => {
  const { format, version = '', network = '' } = metadata;
  if (format !== FORMAT) fail(`its format is ${format === undefined ? 'not named' : quoted(format)}`);
  if (!/^[1-9]\d{0,8}$/.test(version)) fail('it has no version');
  if (Number(version) > VERSION) throw newerWeights(file, Number(version), VERSION);
  const parsed = schema.safeParse(
    parseJson(network, (problem) => fail(`what it says of the network: ${problem}`)),
  );
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return fail(`what it says of the network does not fit at ${quoted((issue?.path ?? []).join('.'))}`);
};
