// A checkpoint as one safetensors file: arrays as tensors under `state/`, `rollback/` and `best/`, everything else as
// JSON beside them, and a checksum over every byte of the file.
import {
  encodeSafetensors,
  int32,
  prefixed,
  type ArrayTensor,
  type NamedArrays,
} from '@mapping-networks/core';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { RunState } from '../step/state.ts';
import { ARRAY_FIELDS } from './array-fields.ts';
import type { Checkpoint } from './checkpoint.ts';
import { CHECKSUM_START, checksumOf, NO_CHECKSUM } from './checksum.ts';
import { exactJson } from './exact-json.ts';

/** Version of the layout of a checkpoint. */
export const CHECKPOINT_VERSION = 1;

/** The tensor that holds the history: a line of JSON for each epoch in UTF-8, spaces up to a multiple of four bytes. */
export const HISTORY = 'history';

/**
 * A checkpoint as a safetensors file, for `decodeCheckpoint`. Every number comes back with the same bits, NaN included.
 *
 * @example
 * ```ts
 * import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from '@mapping-networks/train';
 * const roundTrip = (checkpoint: Checkpoint): Checkpoint => decodeCheckpoint(encodeCheckpoint(checkpoint));
 * ```
 */
export const encodeCheckpoint = (checkpoint: Checkpoint): Uint8Array => {
  const { identity, run, state, rollback, best, history, seconds, warnings } = checkpoint;
  const fields = {
    identity,
    // As it was hashed: plain JSON, in which −0 is 0.
    run: JSON.parse(JSON.stringify(run)) as unknown,
    state: scalars(state),
    ...(rollback && { rollback: scalars(rollback) }),
    ...(best && { best: { epoch: best.epoch, state: scalars(best.state) } }),
    seconds,
    warnings,
  };
  const arrays = {
    ...stateArrays('state', state),
    ...(rollback && stateArrays('rollback', rollback)),
    ...(best && stateArrays('best', best.state)),
    [HISTORY]: textArray(history.map(exactJson).join('\n')),
  };
  const file = encodeSafetensors(arrays, {
    // First, so that it stands at the same place in every file.
    sha256: NO_CHECKSUM,
    format: 'mapping-networks-checkpoint',
    version: String(CHECKPOINT_VERSION),
    checkpoint: exactJson(fields),
  });
  file.set(utf8ToBytes(bytesToHex(checksumOf(file))), CHECKSUM_START);
  return file;
};

const scalars = ({ step, epoch, position, sums, learningRateScale }: RunState): object => ({
  step,
  epoch,
  position,
  sums,
  learningRateScale,
});

const stateArrays = (place: string, state: RunState): NamedArrays =>
  Object.assign({}, ...ARRAY_FIELDS.map((field) => prefixed(`${place}/${field}/`, state[field])));

const textArray = (text: string): ArrayTensor => {
  const bytes = utf8ToBytes(text);
  const padded = new Uint8Array(Math.ceil(bytes.length / 4) * 4).fill(0x20);
  padded.set(bytes);
  const view = new DataView(padded.buffer);
  return int32(Int32Array.from({ length: padded.length / 4 }, (_, i) => view.getInt32(4 * i, true)));
};
