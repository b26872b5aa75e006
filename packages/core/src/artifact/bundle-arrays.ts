// The arrays of a bundle: which stand in its file under which names, in which types and shapes, and what is read of them.
// Names, types and shapes are checked before any array is made larger than it is stored.
import { prefixed, sizeOf, type ArrayTensor, type NamedArrays, type TensorSpec } from '../arrays.ts';
import { invalidEncoding, missingTensor, nonFiniteTensor, unexpectedTensor, wrongShape } from '../errors.ts';
import type { ConstantSpec } from '../contracts/parameterization.ts';
import type { Model } from '../model.ts';
import { MOST_TENSOR_FILE_BYTES } from './bounds.ts';
import {
  readTrainable,
  storedSpecs,
  storeTrainable,
  type EncodingConfig,
  type StoredSpec,
} from './latent-encoding.ts';
import { FROM_BYTES, TAGS, type StoredArray, type StoredArrays } from './stored-array.ts';

/** Buffers and constants stand beside the trainables under these prefixes. */
const BUFFER = 'buffer/';
const CONSTANT = 'constant/';

/** The arrays of a model's bundle, in the order of the file. */
export const storedArrays = (model: Model): StoredArrays => {
  const { buffers, constants = {} } = model;
  const plain = { ...prefixed(BUFFER, buffers), ...prefixed(CONSTANT, constants) };
  for (const [name, array] of Object.entries({ ...model.trainables, ...plain })) requireFinite(name, array);
  const beside: StoredArrays = { ...plain, ...prefixed(CONSTANT, codedConstants(model)) };
  const encodings = model.encoding ?? {};
  requireKnown(encodings, Object.keys(model.trainables));
  const stored = Object.entries(model.trainables).flatMap(([name, array]) =>
    Object.entries(storeTrainable(name, array, own(encodings, name))),
  );
  requireUnique([...stored.map(([name]) => name), ...Object.keys(beside)]);
  // Wide ones first: each starts at a multiple of the width of its numbers.
  const width = (array: StoredArray): number => FROM_BYTES[TAGS[array.dtype]].width;
  return Object.fromEntries(
    [...stored, ...Object.entries(beside)].toSorted(([, a], [, b]) => width(b) - width(a)),
  );
};

/** The constants that have a coding. */
const codedConstants = ({ target, parameterization, constants = {}, trainables }: Model): StoredArrays =>
  Object.fromEntries(
    (parameterization.impl.constants?.(target.impl.parameters) ?? []).flatMap(({ name, coding }) => {
      const array = own(constants, name);
      if (!coding || !array) return [];
      const data = coding.encode(array, trainables);
      return [[name, { dtype: 'uint8', shape: [data.length], data }] as const];
    }),
  );

const own = <T>(entries: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(entries, name) ? entries[name] : undefined;

/** @throws CORE_INVALID_ENCODING for the encoding of what is no trainable */
const requireKnown = (encodings: object, trainables: readonly string[]): void => {
  const known = new Set(trainables);
  const stray = Object.keys(encodings).find((name) => !known.has(name));
  if (stray !== undefined) throw invalidEncoding(stray, 'the network has no such trainable');
};

/** @throws CORE_INVALID_ENCODING where scales would have the name of something else */
const requireUnique = (names: readonly string[]): void => {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw invalidEncoding(name, 'its name is that of scales, too');
    seen.add(name);
  }
};

/** What a network asks of the file of its bundle. */
export interface ExpectedArrays {
  readonly trainables: readonly TensorSpec[];
  readonly buffers: readonly TensorSpec[];
  readonly constants: readonly ConstantSpec[];
  readonly encoding: Readonly<Record<string, EncodingConfig>>;
}

/**
 * What a network is made of, from the arrays of its bundle; all but its constants, of which it is said that they are there.
 *
 * @throws CORE_MISSING_TENSOR, CORE_UNEXPECTED_TENSOR, CORE_WRONG_SHAPE, CORE_NON_FINITE_TENSOR, CORE_INVALID_ENCODING
 */
export const readArrays = (
  arrays: StoredArrays,
  { trainables, buffers, constants, encoding }: ExpectedArrays,
): Pick<Model, 'trainables' | 'buffers' | 'encoding'> => {
  const names = trainables.map(({ name }) => name);
  requireKnown(encoding, names);
  const asStored = (
    specs: readonly (TensorSpec & Partial<ConstantSpec>)[],
    prefix: string,
  ): ExpectedArray[] =>
    specs.map(({ name, shape, dtype = 'float32', coding }) => ({
      name: prefix + name,
      ...(coding ? { shape: [], dtype: 'uint8', mostBytes: coding.mostBytes } : { shape, dtype }),
    }));
  checkStored(arrays, [
    ...trainables.flatMap((spec) => storedSpecs(spec, own(encoding, spec.name))),
    ...asStored(buffers, BUFFER),
    ...asStored(constants, CONSTANT),
  ]);
  requireMemory(trainables.filter(({ name }) => Object.hasOwn(encoding, name)));
  const read = trainables.map(
    (spec) => [spec.name, readTrainable(spec, own(encoding, spec.name), arrays)] as const,
  );
  for (const [name, { array }] of read) requireFinite(name, array);
  const encodings = read.flatMap(([name, { encoding: its }]) => (its ? [[name, its] as const] : []));
  return {
    trainables: Object.fromEntries(read.map(([name, { array }]) => [name, array])),
    buffers: Object.fromEntries(buffers.map(({ name }) => [name, arrays[BUFFER + name] as ArrayTensor])),
    ...(encodings.length > 0 && { encoding: Object.fromEntries(encodings) }),
  };
};

/**
 * The constants of a network, from arrays that `readArrays` has taken. Decoding may make all weights.
 *
 * @throws what codings throw for bytes that are none of theirs
 */
export const readConstants = (
  arrays: StoredArrays,
  constants: readonly ConstantSpec[],
  trainables: NamedArrays,
): NamedArrays =>
  Object.fromEntries(
    constants.map(({ name, coding }): [string, ArrayTensor] => {
      const stored = arrays[CONSTANT + name];
      return [name, coding ? coding.decode(stored?.data as Uint8Array, trainables) : (stored as ArrayTensor)];
    }),
  );

/** An array that a file has to hold; with `mostBytes` a list of 1 to so many numbers, whatever `shape` says. */
interface ExpectedArray extends StoredSpec {
  readonly mostBytes?: number;
}

/** @throws CORE_WRONG_SHAPE */
const requireFit = (spec: ExpectedArray, array: StoredArray): void => {
  const { name, dtype, shape, mostBytes } = spec;
  const { length } = array.data;
  const fits =
    mostBytes === undefined
      ? array.shape.join() === shape.join()
      : array.shape.length === 1 && length >= 1 && length <= mostBytes;
  if (fits && array.dtype === dtype) return;
  const expected = mostBytes === undefined ? spec : { dtype, shape: [`1 to ${mostBytes}`] };
  throw wrongShape(name, expected, array);
};

/** Exactly the arrays expected, in their types and shapes, finite. */
const checkStored = (arrays: StoredArrays, specs: readonly ExpectedArray[]): void => {
  const expected = new Set(specs.map(({ name }) => name));
  const extra = Object.keys(arrays).find((name) => !expected.has(name));
  if (extra !== undefined) throw unexpectedTensor(extra);
  requireUnique(specs.map(({ name }) => name));
  for (const spec of specs) {
    const array = own(arrays, spec.name);
    if (!array) throw missingTensor(spec.name, Object.keys(arrays));
    requireFit(spec, array);
    if (array.dtype === 'float32' || array.dtype === 'int32') requireFinite(spec.name, array);
  }
};

/** Codes become up to eight times as many bytes: no more than a file of float32 may have. */
const requireMemory = (encoded: readonly TensorSpec[]): void => {
  let bytes = 0;
  for (const { name, shape } of encoded) {
    bytes += 4 * sizeOf(shape);
    if (bytes > MOST_TENSOR_FILE_BYTES)
      throw invalidEncoding(
        name,
        `with it, trainables take ${bytes} bytes, more than ${MOST_TENSOR_FILE_BYTES}`,
      );
  }
};

const requireFinite = (name: string, { data }: ArrayTensor): void => {
  const index = data.findIndex((value) => !Number.isFinite(value));
  if (index >= 0) throw nonFiniteTensor(name, index, data[index] ?? Number.NaN);
};
