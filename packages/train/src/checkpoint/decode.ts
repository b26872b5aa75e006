// From a file back to a checkpoint. The checksum comes first: after it, only what was written on purpose is parsed, and
// that is still checked field by field.
import {
  parseJson,
  parseSafetensors,
  quoted,
  unprefixed,
  type ArrayTensor,
  type EpochRecord,
  type NamedArrays,
  type StoredArrays,
} from '@mapping-networks/core';
import type { z } from 'zod';
import { invalidCheckpoint, newerCheckpoint } from '../errors.ts';
import type { RunState } from '../step/state.ts';
import { ARRAY_FIELDS } from './array-fields.ts';
import type { Checkpoint } from './checkpoint.ts';
import { checksumHolds, hasChecksum } from './checksum.ts';
import { CHECKPOINT_VERSION, HISTORY } from './encode.ts';
import { identityOf } from './identity.ts';
import { fieldsSchema, recordSchema, type Scalars } from './schema.ts';

type Fail = (problem: string) => never;

/**
 * The checkpoint of a file that `encodeCheckpoint` made. `file` is what errors call it.
 *
 * @throws TRAIN_INVALID_CHECKPOINT for a file that is damaged or no checkpoint, TRAIN_NEWER_CHECKPOINT
 * @example
 * ```ts
 * import { MappingNetworksError } from '@mapping-networks/core';
 * import { decodeCheckpoint } from '@mapping-networks/train';
 * try {
 *   decodeCheckpoint(new Uint8Array(100), 'empty.safetensors');
 * } catch (error) {
 *   if (error instanceof MappingNetworksError) console.log(error.code); // TRAIN_INVALID_CHECKPOINT
 * }
 * ```
 */
export const decodeCheckpoint = (bytes: Uint8Array, file = 'checkpoint'): Checkpoint => {
  const fail: Fail = (problem) => {
    throw invalidCheckpoint(file, problem);
  };
  if (!hasChecksum(bytes)) fail(bytes.length === 0 ? 'it is empty' : 'it does not begin like one');
  if (!checksumHolds(bytes)) fail('its checksum does not fit its bytes, so that it is damaged or incomplete');
  const { arrays: stored, metadata } = parseSafetensors(bytes, file);
  const arrays = statesOnly(stored, fail);
  checkFormat(metadata, file, fail);
  const fields = parsed(fieldsSchema, metadata['checkpoint'] ?? '', 'checkpoint', fail);
  if (identityOf(fields.run) !== fields.identity) fail('its identity is not that of the run it describes');
  const { state, rollback, best, ...others } = fields;
  const history = historyOf(arrays[HISTORY], fail);
  const states = {
    state: stateOf('state', state, arrays),
    ...(rollback && { rollback: stateOf('rollback', rollback, arrays) }),
    ...(best && { best: { epoch: best.epoch, state: stateOf('best', best.state, arrays) } }),
  };
  checkNames(arrays, Object.keys(states), fail);
  const checkpoint = { ...others, ...states, history };
  checkProgress(checkpoint, fail);
  return checkpoint;
};

/** A run counts in float32 and int32 only. */
const statesOnly = (stored: StoredArrays, fail: Fail): NamedArrays =>
  Object.fromEntries(
    Object.entries(stored).map(([name, array]): [string, ArrayTensor] =>
      array.dtype === 'float32' || array.dtype === 'int32'
        ? [name, array]
        : fail(`its tensor ${quoted(name)} is ${array.dtype}, expected float32 or int32`),
    ),
  );

const checkFormat = (metadata: Readonly<Record<string, string>>, file: string, fail: Fail): void => {
  const { sha256: _, format, version, checkpoint: _fields, ...unknown } = metadata;
  if (format !== 'mapping-networks-checkpoint') fail(`its format is ${format ?? 'not named'}`);
  if (!/^[1-9]\d{0,8}$/.test(version ?? '')) fail('it has no version');
  if (Number(version) > CHECKPOINT_VERSION) throw newerCheckpoint(file, Number(version), CHECKPOINT_VERSION);
  const [name] = Object.keys(unknown);
  if (name !== undefined) fail(`its metadata has an unknown field '${name}'`);
};

const parsed = <T>(schema: z.ZodType<T>, text: string, what: string, fail: Fail): T => {
  const result = schema.safeParse(parseJson(text, (problem) => fail(`${what}: ${problem}`)));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  return fail(`${[what, ...(issue?.path ?? [])].map(String).join('.')}: ${issue?.message ?? 'not valid'}`);
};

/** One line of JSON for each epoch. */
const historyOf = (array: ArrayTensor | undefined, fail: Fail): readonly EpochRecord[] =>
  textOf(array, fail)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, i) => parsed(recordSchema, line, `${HISTORY}.${i}`, fail));

const textOf = (array: ArrayTensor | undefined, fail: Fail): string => {
  if (array?.dtype !== 'int32' || array.shape.length !== 1) return fail(`it has no tensor '${HISTORY}'`);
  const view = new DataView(new ArrayBuffer(4 * array.data.length));
  array.data.forEach((word, i) => view.setInt32(4 * i, word, true));
  return new TextDecoder().decode(view);
};

const stateOf = (place: string, scalars: Scalars, arrays: NamedArrays): RunState => {
  const [trainables, loss, optimizer, buffers] = ARRAY_FIELDS.map((field) =>
    unprefixed(`${place}/${field}/`, arrays),
  );
  return {
    ...scalars,
    trainables: trainables ?? {},
    loss: loss ?? {},
    optimizer: optimizer ?? {},
    buffers: buffers ?? {},
  };
};

/** Every tensor belongs to a state that the JSON names. */
const checkNames = (arrays: NamedArrays, places: readonly string[], fail: Fail): void => {
  const known = places.flatMap((place) => ARRAY_FIELDS.map((field) => `${place}/${field}/`));
  for (const name of Object.keys(arrays)) {
    if (name !== HISTORY && !known.some((prefix) => name.startsWith(prefix))) {
      fail(`it has an unknown tensor '${name}'`);
    }
  }
};

/** What must hold in every run: a record for each epoch done, nothing from the future. */
const checkProgress = ({ state, rollback, best, history }: Checkpoint, fail: Fail): void => {
  if (history.length !== state.epoch || history.some(({ epoch }, i) => epoch !== i + 1))
    fail(`its history has ${history.length} epochs, its state ${state.epoch}`);
  if (rollback && (rollback.step > state.step || rollback.epoch !== state.epoch))
    fail('its roll-back state does not lie in the same epoch, before its state');
  if (best && (best.epoch > state.epoch || best.state.epoch !== best.epoch || best.state.position !== 0))
    fail('its best state does not lie at the end of an epoch that is done');
};
