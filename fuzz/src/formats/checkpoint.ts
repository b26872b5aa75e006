// Checkpoints in memory. The checksum covers every byte, so that whatever is taken is the original, unless the checksum
// was made anew: then writing what was read must give the same checkpoint again, so that nothing was lost or invented.
import { float32, int32, type NamedArrays } from '@mapping-networks/core';
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from '@mapping-networks/train';
import { createHash } from 'node:crypto';
import { identityOf } from '../../../packages/train/src/checkpoint/identity.ts';
import { mutatedBytes, type Mutated } from '../mutations/bytes.ts';
import { mutatedJson } from '../mutations/json.ts';
import { REFUSE, type Attack, type Format, type Judgement } from '../oracle/attack.ts';
import type { Random } from '../random.ts';
import { assembled, opened } from './safetensors.ts';

const run = {
  map: 1,
  target: { use: 'mlp', hidden: [4] },
  dataset: { name: 'glyphs', train: 500 },
  settings: { seed: 0 },
};

const arrays = (start: number): NamedArrays => ({
  z: float32(Float32Array.from({ length: 12 }, (_, i) => start + i / 3)),
  'conv/z': float32(Float32Array.of(start), []),
});

const state = (step: number): Checkpoint['state'] => ({
  step,
  epoch: 2,
  position: step,
  sums: { objective: 1.5, 'score.accuracy': Number.NaN },
  learningRateScale: 0.5,
  trainables: arrays(step),
  loss: { weight: float32(Float32Array.of(1), []) },
  optimizer: { 'model.z/m': float32(new Float32Array(12)), count: int32(Int32Array.of(step)) },
  buffers: { 'norm.mean': float32(Float32Array.of(0, -0)) },
});

const record = (epoch: number): Checkpoint['history'][number] => ({
  epoch,
  learningRate: 0.1,
  objective: epoch === 1 ? Infinity : 2.25,
  terms: { task: 2, stability: 0.25 },
  train: { loss: 2, accuracy: 0.5 },
  validation: { loss: 2.1, accuracy: 0.4 },
  seconds: 1.25,
});

const plain: Checkpoint = {
  identity: identityOf(run),
  run,
  state: state(9),
  history: [record(1), record(2)],
  seconds: 3.5,
  warnings: [],
};

const SEEDS: readonly Checkpoint[] = [
  plain,
  {
    ...plain,
    rollback: state(7),
    best: { epoch: 1, state: { ...state(5), epoch: 1, position: 0 } },
    warnings: [{ code: 'LOSSES_X', message: 'a warning' }],
  },
];

const START = '{"__metadata__":{"sha256":"';
const PLACE = 8 + START.length;

/** A file with the checksum of its bytes in it, computed without the library, where it has the place for one. */
export const sealed = (file: Uint8Array): Uint8Array => {
  const copy = Buffer.from(file);
  if (copy.toString('latin1', 8, PLACE) !== START || copy.length < PLACE + 64) return file;
  copy.fill('0', PLACE, PLACE + 64);
  copy.write(createHash('sha256').update(copy).digest('hex'), PLACE, 'latin1');
  return new Uint8Array(copy);
};

interface Hostile extends Mutated<Uint8Array> {
  readonly twice: boolean;
}

/** Damage to the JSON in the header, the JSON in its metadata, or the arrays. */
const forged = (file: Uint8Array, random: Random): Hostile => {
  const { header, data } = opened(file);
  const { __metadata__: metadata, ...tensors } = header as Record<string, Record<string, unknown>>;
  return random.pick([
    () => {
      const fields = mutatedJson(JSON.parse(String(metadata?.['checkpoint'])), random);
      const text = JSON.stringify({ __metadata__: { ...metadata, checkpoint: fields.value }, ...tensors });
      return { ...fields, value: assembled(text, data) };
    },
    () => {
      const { what, value, twice } = mutatedJson(header, random);
      return { what, value: assembled(value, data), twice };
    },
    () => {
      const { what, value } = mutatedJson(tensors, random);
      const text = `{"__metadata__":${JSON.stringify(metadata)},${value.slice(1)}`;
      return { what, value: assembled(text, data), twice: false };
    },
    () => {
      const { what, value } = mutatedBytes(data, random);
      return { what: `${what} in the data`, value: assembled(JSON.stringify(header), value), twice: false };
    },
  ])();
};

const judge = (value: unknown, original: Uint8Array, damaged: Uint8Array, isForged: boolean): Judgement => {
  const again = encodeCheckpoint(value as Checkpoint);
  if (Buffer.from(again).equals(original)) return 'equal';
  if (!isForged) return { wrong: 'an altered checkpoint was taken' };
  const [before, after] = [decodeCheckpoint(damaged), decodeCheckpoint(again)];
  const lossless = Buffer.from(encodeCheckpoint(before)).equals(encodeCheckpoint(after));
  return lossless ? 'other' : { wrong: 'read as something else than it says' };
};

export const checkpoint: Format = {
  name: 'checkpoint',
  mostBytes: 100 * 2 ** 20,
  open: () => {
    const files = SEEDS.map(encodeCheckpoint);
    return Promise.resolve((random: Random): Attack => {
      const file = random.pick(files);
      const isForged = random.chance(0.5);
      const hostile = isForged ? forged(file, random) : { ...mutatedBytes(file, random), twice: false };
      const bytes = isForged ? sealed(hostile.value) : hostile.value;
      return {
        what: `${hostile.what}${isForged ? ', the checksum made anew' : ''}`,
        read: () => decodeCheckpoint(bytes, 'step-00000009.safetensors'),
        judge: hostile.twice ? REFUSE : (value) => judge(value, file, bytes, isForged),
      };
    });
  },
};
