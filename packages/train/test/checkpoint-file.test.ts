// The file of a checkpoint: every number comes back, and nothing but a whole checkpoint is taken for one.
import { float32, int32, type ArrayTensor, type NamedArrays } from '@mapping-networks/core';
import {
  decodeCheckpoint,
  encodeCheckpoint,
  type Checkpoint,
  type RunState,
  type TrainOptions,
} from '@mapping-networks/train';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { identityOf } from '../src/checkpoint/identity.ts';
import { abortAt, memoryStore, part, stateBits } from './support/interrupted.ts';
import { closed, opened, sealed, withFields, withMetadata } from './support/sealed.ts';
import { base } from './tiny-run.ts';
import { statefulTarget, weighted } from './tiny.ts';

const options: TrainOptions = { ...base, target: statefulTarget, loss: weighted, checkpointEvery: 2 };
const store = memoryStore();
let file: Uint8Array;
let checkpoint: Checkpoint;

beforeAll(async () => {
  await part({ ...options, onNan: 'halve-lr', restoreBest: true, checkpointEvery: 0 }, store, abortAt(5));
  file = store.files.at(-1) ?? new Uint8Array();
  checkpoint = decodeCheckpoint(file);
});

const refuses = (bytes: Uint8Array, message: RegExp): void => {
  const decode = (): unknown => decodeCheckpoint(bytes, 'step.safetensors');
  expect(decode).toThrow(expect.objectContaining({ code: 'TRAIN_INVALID_CHECKPOINT' }));
  expect(decode).toThrow(message);
};

describe('a round trip', () => {
  it('of a real one keeps everything', () => {
    expect(checkpoint).toMatchObject({ state: { step: 5 }, rollback: { step: 3 }, best: { epoch: 1 } });
    expect(encodeCheckpoint(checkpoint)).toEqual(file);
    expect(checkpoint.history).toHaveLength(1);
    expect(checkpoint.identity).toBe(identityOf(checkpoint.run));
  });

  it('of one whose options hold −0, which JSON writes as 0', () => {
    const run = { loss: { use: 'given', lambda: -0 } };
    const identity = identityOf(run);
    expect(decodeCheckpoint(encodeCheckpoint({ ...checkpoint, run, identity }))).toMatchObject({ identity });
  });

  const anyNumber = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, -0, Infinity, -Infinity, 5e-324));
  const numbers = fc.dictionary(fc.string(), anyNumber, { maxKeys: 4 });
  const array: fc.Arbitrary<ArrayTensor> = fc.oneof(
    fc.array(fc.float()).map((values) => float32(Float32Array.from(values))),
    fc.array(fc.integer()).map((values) => int32(Int32Array.from(values), [values.length, 1])),
  );
  const arrays: fc.Arbitrary<NamedArrays> = fc.dictionary(fc.string(), array, { maxKeys: 4 });
  const state = (epoch: number): fc.Arbitrary<RunState> =>
    fc.record({
      step: fc.nat(),
      epoch: fc.constant(epoch),
      position: fc.nat(),
      sums: numbers,
      learningRateScale: fc.constantFrom(1, 0.5, 1 / 1024),
      trainables: arrays,
      loss: arrays,
      optimizer: arrays,
      buffers: arrays,
    });
  const seconds = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true });
  const scores = fc.tuple(numbers, anyNumber).map(([others, loss]) => ({ ...others, loss }));
  const record = (epoch: number): fc.Arbitrary<Checkpoint['history'][number]> =>
    fc.record(
      {
        epoch: fc.constant(epoch),
        learningRate: anyNumber,
        objective: anyNumber,
        terms: numbers,
        weights: numbers,
        train: scores,
        validation: scores,
        seconds,
      },
      { requiredKeys: ['epoch', 'learningRate', 'objective', 'terms', 'train', 'seconds'] },
    );
  const anyCheckpoint = fc.nat({ max: 3 }).chain((epoch): fc.Arbitrary<Checkpoint> =>
    fc
      .record({
        run: fc.dictionary(
          fc.string().filter((key) => key !== '__proto__'),
          fc.jsonValue(),
        ),
        state: state(epoch),
        history: fc.tuple(...Array.from({ length: epoch }, (_, i) => record(i + 1))),
        seconds,
        warnings: fc.array(fc.record({ code: fc.string(), message: fc.string() })),
      })
      .map((each) => {
        const run = JSON.parse(JSON.stringify(each.run));
        return { ...each, run, identity: identityOf(run) };
      }),
  );

  it('of any one keeps every bit', () => {
    fc.assert(
      fc.property(anyCheckpoint, (each) => {
        const again = decodeCheckpoint(encodeCheckpoint(each));
        expect(again).toEqual(each);
        expect(stateBits(again.state)).toEqual(stateBits(each.state));
      }),
      { numRuns: 200, seed: 1 },
    );
  });
});

describe('damage', () => {
  it('of any single bit is seen', () => {
    const copy = file.slice();
    for (let at = 0; at < copy.length; at++) {
      const bit = 1 << (at % 8);
      copy[at] = (copy[at] ?? 0) ^ bit;
      expect(() => decodeCheckpoint(copy), `byte ${at}`).toThrow(
        expect.objectContaining({ code: 'TRAIN_INVALID_CHECKPOINT' }),
      );
      copy[at] = (copy[at] ?? 0) ^ bit;
    }
    expect(decodeCheckpoint(copy)).toEqual(checkpoint);
  });

  it('by truncation at any place is seen', () => {
    refuses(file.subarray(0, 0), /'step\.safetensors' .* it is empty/);
    for (let length = 0; length < file.length; length++)
      refuses(file.subarray(0, length), /damaged|begin|empty/);
    refuses(Buffer.concat([file, Buffer.alloc(4)]), /damaged/);
  });

  it('by being something else is seen', () => {
    refuses(new Uint8Array(10_000), /does not begin like one/);
    refuses(Buffer.from('{"json": true}'.repeat(20)), /does not begin like one/);
  });
});

describe('a file whose checksum holds is refused', () => {
  const later = (field: 'best' | 'rollback'): Checkpoint => {
    const state = { ...checkpoint.state, epoch: 2, step: 8, position: 0 };
    return { ...checkpoint, [field]: field === 'best' ? { epoch: 2, state } : state };
  };
  const wrong: readonly [string, () => Uint8Array, RegExp][] = [
    ['with another format', () => withMetadata(file, { format: 'weights' }), /its format is weights/],
    ['without a version', () => withMetadata(file, { version: 'one' }), /it has no version/],
    ['with unknown metadata', () => withMetadata(file, { author: 'me' }), /unknown field 'author'/],
    ['without its JSON', () => withMetadata(file, { checkpoint: '' }), /checkpoint: /],
    ['with an unknown field', () => withFields(file, { extra: 1 }), /checkpoint: .*extra/],
    ['without a field', () => withFields(file, { state: undefined }), /checkpoint\.state/],
    [
      'with a negative step',
      () => withFields(file, { state: { ...checkpoint.state, step: -1 } }),
      /checkpoint\.state/,
    ],
    ['with negative seconds', () => withFields(file, { seconds: -1 }), /checkpoint\.seconds/],
    ['with seconds that are no number', () => withFields(file, { seconds: 'NaN' }), /checkpoint\.seconds/],
    [
      'with another identity',
      () => withFields(file, { identity: 'a'.repeat(64) }),
      /identity is not that of the run/,
    ],
    ['with another run', () => withFields(file, { run: { seed: 1 } }), /identity is not that of the run/],
    [
      'with a prototype',
      () =>
        withMetadata(file, {
          checkpoint: opened(file).metadata['checkpoint']?.replace('{', '{"__proto__":{"a":1},'),
        }),
      /__proto__/,
    ],
    [
      'with a name twice',
      () =>
        withMetadata(file, {
          checkpoint: opened(file).metadata['checkpoint']?.replace('{', '{"seconds":1,'),
        }),
      /'seconds' twice/,
    ],
    [
      'without its best state',
      () => withFields(file, { best: undefined }),
      /unknown tensor 'best\/trainables/,
    ],
    ['with a best epoch to come', () => encodeCheckpoint(later('best')), /its best state does not lie/],
    [
      'with a roll-back to a later step',
      () => encodeCheckpoint(later('rollback')),
      /its roll-back state does not lie/,
    ],
  ];

  it.each(wrong)('%s', (_name, make, message) => {
    refuses(make(), message);
  });

  it('when it is newer: TRAIN_NEWER_CHECKPOINT', () => {
    const newer = withMetadata(file, { version: '2', shape: 'of things to come' });
    expect(() => decodeCheckpoint(newer, 'x')).toThrow(
      expect.objectContaining({ code: 'TRAIN_NEWER_CHECKPOINT' }),
    );
    expect(() => decodeCheckpoint(newer, 'x')).toThrow(
      /'x' has checkpoint version 2; this library reads version 1/,
    );
  });

  it('when a tensor is missing, renamed, or of another type', () => {
    const { header, data } = opened(file);
    const { history, ...others } = header;
    refuses(closed({ ...others, history2: history }, data), /no tensor 'history'/);
    const name = Object.keys(others).find((each) => each.startsWith('rollback/'));
    const renamed = Object.fromEntries(
      Object.entries(header).map(([key, value]) => [key === name ? 'stray' : key, value]),
    );
    refuses(closed(renamed, data), /unknown tensor 'stray'/);
  });

  it('when its history does not fit its state', () => {
    const lines = opened(encodeCheckpoint({ ...checkpoint, history: [] }));
    refuses(closed(lines.header, lines.data), /history has 0 epochs, its state 1/);
    const records = checkpoint.history.map((record) => ({ ...record, epoch: 7 }));
    refuses(encodeCheckpoint({ ...checkpoint, history: records }), /history has 1 epochs/);
  });

  it('or damaged by hand and sealed again, in any field of its header', () => {
    const { metadata, header, data } = opened(file);
    for (const key of Object.keys(header)) {
      if (key === '__metadata__') continue;
      refuseAny(closed({ ...header, [key]: { dtype: 'F32', shape: [1], data_offsets: [0, 4] } }, data));
    }
    for (const key of Object.keys(metadata))
      refuseAny(closed({ ...header, __metadata__: { ...metadata, [key]: 1 } }, data));
    expect(decodeCheckpoint(sealed(file))).toEqual(checkpoint);
  });

  const refuseAny = (bytes: Uint8Array): void => {
    expect(() => decodeCheckpoint(bytes)).toThrow(
      expect.objectContaining({
        code: expect.stringMatching(/^(TRAIN_INVALID_CHECKPOINT|CORE_INVALID_SAFETENSORS)$/),
      }),
    );
  };
});
