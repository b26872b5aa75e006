// Where a run begins that begins with a network: its numbers, and the constants that its map is bound with.
import {
  initialBuffers,
  modelMap,
  type ArrayTensor,
  type ConstantSpec,
  type Model,
  type NamedArrays,
  type ParameterMap,
  type TensorSpec,
} from '@mapping-networks/core';
import { foreignStart, invalidSettings, missingConstants } from '../errors.ts';
import type { TrainParts } from './options.ts';

/** What a run begins with in the place of fresh numbers: a network of the same target and parameterization. */
export type TrainStart = Pick<Model, 'trainables' | 'buffers' | 'constants'>;

/**
 * The map of a run, bound with the constants of `from`.
 *
 * @throws TRAIN_MISSING_CONSTANTS, TRAIN_FOREIGN_START
 */
export const openMap = (parts: TrainParts, from: TrainStart | undefined): ParameterMap => {
  const { target, parameterization } = parts;
  const specs = parameterization.impl.constants?.(target.impl.parameters) ?? [];
  const { constants } = from ?? {};
  if (specs.length > 0 && constants === undefined)
    throw missingConstants(
      parameterization.name,
      specs.map(({ name }) => name),
    );
  const found = differences('constants', constants ?? {}, specs);
  if (found.length > 0) throw foreignStart(found);
  const map = modelMap({ target, parameterization, ...(constants && { constants }) });
  if (from !== undefined) checkNumbers(from, map, parts);
  return map;
};

const checkNumbers = ({ trainables, buffers }: TrainStart, map: ParameterMap, parts: TrainParts): void => {
  const asked = Object.entries(initialBuffers(parts.target.impl)).map(([name, { shape }]) => ({
    name,
    shape,
  }));
  const found = [
    ...differences('trainables', trainables, map.trainables),
    ...differences('buffers', buffers, asked),
  ];
  if (found.length > 0) throw foreignStart(found);
};

/** `trainables 'z' is float32 [64], not float32 [128]` for everything that does not fit. */
const differences = (
  field: keyof TrainStart,
  given: NamedArrays,
  asked: readonly (TensorSpec & Partial<ConstantSpec>)[],
): readonly string[] => {
  if (typeof given !== 'object' || given === null)
    throw invalidSettings([{ path: ['from', field], message: 'expected arrays by name', received: given }]);
  const missing = asked.flatMap(({ name, shape, dtype = 'float32' }) => {
    const array = Object.hasOwn(given, name) ? given[name] : undefined;
    const [there, here] = [array ? worded(array) : 'missing', worded({ dtype, shape })];
    return there === here ? [] : [`${field} '${name}' is ${there}, not ${here}`];
  });
  const names = new Set(asked.map(({ name }) => name));
  const extra = Object.keys(given).filter((name) => !names.has(name));
  return [...missing, ...extra.map((name) => `${field} '${name}' is not one of this network`)];
};

const worded = ({ dtype, shape }: Pick<ArrayTensor, 'dtype' | 'shape'>): string =>
  `${dtype} [${shape.join(', ')}]`;
