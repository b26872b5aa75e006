// The suite of exporters: one that keeps it, and each law broken once.
import { exporterLaws } from '@mapping-networks/conformance';
import {
  decodeSafetensors,
  encodeSafetensors,
  float32,
  modelParameters,
  type ArrayTensor,
  type ExportedNetwork,
  type Exporter,
  type Model,
  type NamedTensors,
  type Part,
} from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { expectBroken } from './broken/names.ts';

beforeAll(() => tf.setBackend('cpu'));

const FILE = 'weights.safetensors';
type Files = Readonly<Record<string, Uint8Array>>;

const run = (files: Files, { target }: Model, x: ArrayTensor): ArrayTensor => {
  const output = tf.tidy(() => {
    const weights: NamedTensors = Object.fromEntries(
      Object.entries(decodeSafetensors(files[FILE] ?? new Uint8Array(), FILE)).map(
        ([name, { data, shape }]) => [name, tf.tensor(data, [...shape])],
      ),
    );
    const inference = { training: false, masks: {} };
    const result = target.impl.apply(weights, {}, tf.tensor(x.data, [...x.shape]), inference).output;
    return { shape: result.shape, data: Float32Array.from(result.dataSync()) };
  });
  return float32(output.data, output.shape);
};

const exporter = (
  change: Partial<Exporter> = {},
  running: (output: ArrayTensor, files: Files, x: ArrayTensor) => ArrayTensor = (output) => output,
): Part<'exporter'> => ({
  kind: 'exporter',
  name: 'weights',
  options: {},
  impl: {
    tolerance: { output: 1e-6, accuracy: 0 },
    write: async (model) => ({ [FILE]: encodeSafetensors(modelParameters(model)) }),
    load: async (files, model): Promise<ExportedNetwork> => ({
      runtime: 'tfjs cpu',
      run: async (x) => running(run(files, model, x), files, x),
      dispose: () => {},
    }),
    ...change,
  },
});

describe('an exporter that keeps all laws', () => {
  it.each(exporterLaws(exporter()))('$name', ({ check }) => check());
  it('has them checked', () => expect(exporterLaws(exporter()).length).toBeGreaterThan(7));
});

const moved = (array: ArrayTensor, by: (index: number) => number): ArrayTensor =>
  float32(
    Float32Array.from(array.data, (value, i) => value + by(i)),
    array.shape,
  );

describe('the suite of exporters rejects', () => {
  let count = 0;
  let shared = 0;
  const broken: readonly (readonly [string, Part<'exporter'>, string])[] = [
    ['an exporter that cannot load', { ...exporter(), impl: { tolerance: {} } as Exporter }, 'every member'],
    ['a tolerance below 0', exporter({ tolerance: { output: -1 } }), 'tolerances are'],
    ['a tolerance of accuracy above 1', exporter({ tolerance: { accuracy: 2 } }), 'tolerances are'],
    ['no file', exporter({ write: async () => ({}) }), 'plain names'],
    ['an empty file', exporter({ write: async () => ({ a: new Uint8Array() }) }), 'plain names'],
    [
      'a file in another folder',
      exporter({ write: async () => ({ '../a': new Uint8Array(1) }) }),
      'plain names',
    ],
    [
      'other bytes every time',
      exporter({ write: async () => ({ a: Uint8Array.of((count += 1)) }) }),
      'the same bytes',
    ],
    [
      'a network changed in place',
      exporter({
        write: async (model) => {
          for (const { data } of Object.values(model.trainables)) data[0] = 7 + (count += 1);
          return { a: Uint8Array.of(1) };
        },
      }),
      'stays as it is',
    ],
    ['other outputs', exporter({}, (output) => moved(output, () => 1)), 'those of the source'],
    [
      'outputs that are not finite',
      exporter({}, (output) => moved(output, () => Number.NaN)),
      'those of the source',
    ],
    [
      'outputs that depend on the batch',
      exporter({ tolerance: {} }, (output) => moved(output, () => output.shape[0] ?? 0)),
      'does not depend on the others',
    ],
    [
      'inputs that are changed',
      exporter({}, (output, _files, x) => {
        x.data[0] = 3 + (count += 1);
        return output;
      }),
      'change nothing',
    ],
    [
      'networks that share a state',
      exporter({ tolerance: {} }, (output) => moved(output, () => (shared += 1))),
      'do not know of each other',
    ],
    [
      'a tensor that is kept',
      exporter({}, (output) => {
        tf.scalar(1);
        return output;
      }),
      'no tensor is kept',
    ],
  ];
  test.each(broken)('%s', (_name, part, fragment) => expectBroken(exporterLaws(part), fragment));
});
