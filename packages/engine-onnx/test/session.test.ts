// Sessions and steps: shared by signature, freed in order, never mixed up; what does not fit is refused.
import { float32, int32, type EngineSession, type NamedArrays } from '@mapping-networks/core';
import { onnx } from '@mapping-networks/engine-onnx';
import * as tf from '@tensorflow/tfjs-core';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  expectedValue,
  expectNumbers,
  expectOwnArrays,
  get,
  inputs,
  signature,
  step,
} from '../../engine-eager/test/sample-step.ts';

const code = (expected: string): object => expect.objectContaining({ code: expected });

describe.each([true, false])('worker: %s', (worker) => {
  let session: EngineSession;
  beforeAll(async () => {
    session = await onnx({ worker, threads: 2 }).impl.open();
  });
  afterAll(() => session.dispose());

  it('says what it is', () => {
    expect(session.description).toMatch(/^onnx cpu, ONNX Runtime \d+\.\d+\.\d+$/);
    expect(session.threads).toBe(2);
  });

  it('gives value and gradient as a float64 loop does, and hands constants and inputs through', () =>
    expectNumbers(session));

  it('gives truth values as 0 and 1', async () => {
    const spec = { frozen: {}, inputs: { z: { shape: [3], dtype: 'float32' } } } as const;
    const compiled = session.compile(({ z }) => ({ positive: tf.greater(z!, 0) }), spec);
    const { positive } = await compiled.run({ z: float32(Float32Array.of(-1, 0, 1)) });
    expect(positive).toEqual(int32(Int32Array.of(0, 0, 1)));
    compiled.dispose();
  });

  it('shares no memory between inputs, constants and outputs', () => expectOwnArrays(session));

  it('keeps no tensor', async () => {
    const before = tf.memory().numTensors;
    const compiled = session.compile(step, signature);
    await compiled.run(inputs);
    compiled.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('takes constants of any size', async () => {
    const size = 300_000;
    const frozen = {
      large: float32(Float32Array.from({ length: size }, (_, i) => i % 7)),
      picks: int32(Int32Array.from({ length: size }, (_, i) => (i * 7919) % size)),
    };
    const spec = { frozen, inputs: { z: { shape: [], dtype: 'float32' } } } as const;
    const picked = session.compile(
      ({ large, picks, z }) => ({ y: tf.mul(tf.gather(large!, picks as tf.Tensor1D), z!) }),
      spec,
    );
    const total = session.compile(({ large, z }) => ({ y: tf.mul(tf.sum(large!), z!) }), spec);
    const z = { z: float32(Float32Array.of(2), []) };
    const { y } = await picked.run(z);
    const expected = Float32Array.from(frozen.picks.data, (pick) => 2 * (pick % 7));
    expect(y?.data).toEqual(expected);
    picked.dispose();
    let sum = 0;
    for (const value of frozen.large.data) sum += value;
    expect((await total.run(z))['y']?.data[0]).toBeCloseTo(2 * sum, -2);
    total.dispose();
  });

  it.each<[string, string, NamedArrays]>([
    ['a missing input', 'CORE_STEP_INPUT_NAMES', { z: float32(new Float32Array(3)) }],
    ['another shape', 'CORE_STEP_INPUT_ARRAY', { ...inputs, z: float32(new Float32Array(3), [1, 3]) }],
    ['another type', 'CORE_STEP_INPUT_ARRAY', { ...inputs, z: int32(new Int32Array(3)) }],
  ])('refuses %s', async (_what, expected, wrong) => {
    const compiled = session.compile(step, signature);
    await expect(compiled.run(wrong)).rejects.toEqual(code(expected));
    compiled.dispose();
  });

  it('refuses one name for a constant and an input, before anything is recorded', () => {
    const clash = { ...signature, frozen: { z: float32(new Float32Array(3)) } };
    expect(() => session.compile(step, clash)).toThrow(code('CORE_STEP_NAME_TWICE'));
  });

  it('refuses what cannot be compiled when it is compiled', () => {
    const kernel = session.compile.bind(
      session,
      ({ z }) => ({ y: tf.erf(tf.topk(z!, 2).values) }),
      signature,
    );
    expect(kernel).toThrow(code('GRAPH_UNSUPPORTED_KERNEL'));
    const failing = (): never => {
      throw new Error('the step failed');
    };
    expect(() => session.compile(failing, signature)).toThrow('the step failed');
  });

  it('runs one step of two that share it after the other was disposed of, and none after both were', async () => {
    const [one, other] = [session.compile(step, signature), session.compile(step, signature)];
    const expected = await one.run(inputs);
    one.dispose();
    one.dispose();
    await expect(one.run(inputs)).rejects.toEqual(code('ENGINE_ONNX_DISPOSED'));
    expect(await other.run(inputs)).toEqual(expected);
    other.dispose();
    await expect(other.run(inputs)).rejects.toEqual(code('ENGINE_ONNX_DISPOSED'));
  });

  it('ends runs that are under way before it frees them, those that still load included', async () => {
    const own = await onnx({ worker, threads: 1 }).impl.open();
    const compiled = own.compile(step, signature);
    const first = compiled.run(inputs);
    own.dispose();
    expect((await first)['value']?.data[0]).toBeCloseTo(expectedValue, 5);
    await expect(compiled.run(inputs)).rejects.toEqual(code('ENGINE_ONNX_DISPOSED'));
    expect(() => own.compile(step, signature)).toThrow(code('ENGINE_ONNX_DISPOSED'));

    const other = await onnx({ worker, threads: 1 }).impl.open();
    const loaded = other.compile(step, signature);
    await loaded.run(inputs);
    const last = [loaded.run(inputs), loaded.run(inputs)];
    other.dispose();
    const [a, b] = await Promise.all(last);
    expect(a).toEqual(b);
  });

  it('answers runs that overlap each with its own', async () => {
    const compiled = session.compile(({ z }) => ({ y: tf.mul(z!, 2) }), {
      frozen: {},
      inputs: { z: { shape: [2], dtype: 'float32' } },
    });
    const values = [1, 2, 3, 4, 5];
    const answers = await Promise.all(
      values.map((value) => compiled.run({ z: float32(Float32Array.of(value, -value)) })),
    );
    expect(answers.map(({ y }) => y?.data[1])).toEqual(values.map((value) => -2 * value));
    compiled.dispose();
  });
});

describe('dumpGraph', () => {
  const folders: string[] = [];
  const folder = async (): Promise<string> => {
    const made = await mkdtemp(join(tmpdir(), 'onnx-'));
    folders.push(made);
    return made;
  };
  afterAll(async () => {
    for (const made of folders) await rm(made, { recursive: true });
  });

  it('writes each step that is compiled, once, under its name', async () => {
    const dumpGraph = join(await folder(), 'graphs');
    const session = await onnx({ dumpGraph }).impl.open();
    session.compile(step, signature);
    session.compile(step, { ...signature });
    session.compile((named) => step(named), signature);
    session.compile(({ z }) => ({ z: get({ z: z! }, 'z') }), {
      frozen: {},
      inputs: { z: { shape: [3], dtype: 'float32' } },
    });
    session.dispose();
    const names = ['sample', 'sample-2', 'step'];
    expect((await readdir(dumpGraph)).toSorted()).toEqual(
      names.flatMap((name) => [`${name}.onnx`, `${name}.txt`]).toSorted(),
    );
    const text = await readFile(join(dumpGraph, 'sample.txt'), 'utf8');
    expect(text).toContain('z: float32[3]');
    expect(text).toContain('labels: int32[2]');
    const [one, two] = await Promise.all(
      ['sample', 'sample-2'].map((name) => readFile(join(dumpGraph, `${name}.onnx`))),
    );
    expect(one).toEqual(two);
  });

  it('tells sessions that write into one folder apart, unless they write the same', async () => {
    const dumpGraph = await folder();
    const sessions = await Promise.all([1, 2, 3].map(() => onnx({ dumpGraph, threads: 1 }).impl.open()));
    const widths = [3, 4, 3];
    sessions.forEach((session, i) =>
      session.compile(({ z }) => ({ z: tf.neg(z!) }), {
        name: 'train',
        frozen: {},
        inputs: { z: { shape: [widths[i] ?? 0], dtype: 'float32' } },
      }),
    );
    for (const session of sessions) session.dispose();
    expect((await readdir(dumpGraph)).toSorted()).toEqual(
      ['train', 'train-2'].flatMap((name) => [`${name}.onnx`, `${name}.txt`]).toSorted(),
    );
    expect(await readFile(join(dumpGraph, 'train.txt'), 'utf8')).toContain('z: float32[3]');
    expect(await readFile(join(dumpGraph, 'train-2.txt'), 'utf8')).toContain('z: float32[4]');
  });

  it('refuses a folder that cannot be written', async () => {
    const file = join(await folder(), 'file');
    await writeFile(file, '');
    const session = await onnx({ dumpGraph: file }).impl.open();
    expect(() => session.compile(step, signature)).toThrow(code('ENGINE_ONNX_CANNOT_DUMP'));
    session.dispose();
  });
});
