// The eager engine keeps the engine contract: signatures are checked, nothing leaks, the same inputs give the same
// bits, and arrays that go in never share memory with arrays that come out.
import * as tf from '@tensorflow/tfjs-core';
import {
  float32,
  int32,
  type EngineSession,
  type NamedArrays,
  type NamedTensors,
} from '@mapping-networks/core';
import { cpu, eagerEngine, wasm } from '@mapping-networks/engine-eager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectNumbers, expectOwnArrays, get, inputs, signature, step } from './sample-step.ts';

const code = (expected: string): object => expect.objectContaining({ code: expected });

// Test files share a process: the next one finds the backend it expects.
afterAll(async () => {
  await tf.setBackend('cpu');
});

describe.each([cpu, wasm])('the engine $name', (plugin) => {
  let session: EngineSession;
  beforeAll(async () => {
    session = await plugin().impl.open();
  });
  afterAll(() => session.dispose());

  it('describes itself', () => {
    expect(session.description).toMatch(new RegExp(`^eager ${plugin.name}.*TensorFlow\\.js \\d`));
  });

  it('gives value and gradient as a float64 loop does', () => expectNumbers(session));

  it('gives what was cast in the type that it was cast to', async () => {
    const compiled = session.compile((named) => {
      const positive = tf.greater(get(named, 'z'), 0);
      return {
        whole: tf.cast(positive, 'int32'),
        positive: tf.cast(positive, 'float32'),
        labels: tf.cast(get(named, 'labels'), 'float32'),
      };
    }, signature);
    expect(await compiled.run(inputs)).toEqual({
      whole: int32(Int32Array.of(1, 1, 0)),
      positive: float32(Float32Array.of(1, 1, 0)),
      labels: float32(Float32Array.of(1, 0)),
    });
    compiled.dispose();
  });

  it('gives the same bits for the same inputs', async () => {
    const compiled = session.compile(step, signature);
    const [first, second] = [await compiled.run(inputs), await compiled.run(inputs)];
    expect(second).toEqual(first);
    compiled.dispose();
  });

  it('returns arrays of the caller: no memory is shared with inputs, constants or each other', () =>
    expectOwnArrays(session));

  it('keeps the number of tensors constant, also when a step throws', async () => {
    const before = tf.memory().numTensors;
    const compiled = session.compile(step, signature);
    const held = tf.memory().numTensors;
    expect(held).toBe(before + 1);
    await compiled.run(inputs);
    expect(tf.memory().numTensors).toBe(held);
    const failing = session.compile((named) => {
      tf.square(get(named, 'z'));
      throw new Error('the step failed');
    }, signature);
    await expect(failing.run(inputs)).rejects.toThrow('the step failed');
    const bool = session.compile((named) => ({ positive: tf.greater(get(named, 'z'), 0) }), signature);
    await expect(bool.run(inputs)).rejects.toEqual(code('ENGINE_EAGER_OUTPUT_TYPE'));
    expect(tf.memory().numTensors).toBe(held);
    for (const each of [compiled, failing, bool]) each.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('uploads an array that several steps share once, and frees it with the last of them', async () => {
    const before = tf.memory().numTensors;
    const [first, second] = [session.compile(step, signature), session.compile(step, signature)];
    expect(tf.memory().numTensors).toBe(before + 1);
    first.dispose();
    first.dispose();
    expect((await second.run(inputs))['w']).toEqual(signature.frozen['w']);
    second.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('rejects inputs that do not fit the signature', async () => {
    const compiled = session.compile(step, signature);
    const wrong: readonly [string, NamedArrays][] = [
      ['CORE_STEP_INPUT_NAMES', { z: float32(new Float32Array(3)) }],
      ['CORE_STEP_INPUT_NAMES', { ...inputs, extra: float32(new Float32Array(3)) }],
      ['CORE_STEP_INPUT_ARRAY', { ...inputs, z: float32(new Float32Array(4)) }],
      ['CORE_STEP_INPUT_ARRAY', { ...inputs, z: float32(new Float32Array(3), [1, 3]) }],
      ['CORE_STEP_INPUT_ARRAY', { ...inputs, z: float32(new Float32Array(2), [3]) }],
      ['CORE_STEP_INPUT_ARRAY', { ...inputs, z: int32(new Int32Array(3)) }],
    ];
    for (const [expected, each] of wrong) await expect(compiled.run(each)).rejects.toEqual(code(expected));
    compiled.dispose();
    const clash = { ...signature, frozen: { z: float32(new Float32Array(3)) } };
    expect(() => session.compile(step, clash)).toThrow(code('CORE_STEP_NAME_TWICE'));
  });

  it('refuses what was disposed, and frees everything with the session', async () => {
    const before = tf.memory().numTensors;
    const other = await plugin().impl.open();
    const compiled = other.compile(step, signature);
    other.dispose();
    expect(tf.memory().numTensors).toBe(before);
    await expect(compiled.run(inputs)).rejects.toEqual(code('ENGINE_EAGER_DISPOSED'));
    expect(() => other.compile(step, signature)).toThrow(code('ENGINE_EAGER_DISPOSED'));
  });
});

describe('backends side by side', () => {
  it('runs each session on its own backend, whatever was current', async () => {
    const backend = (): NamedTensors => ({ one: tf.tensor1d([tf.getBackend() === 'cpu' ? 1 : 2]) });
    const [a, b] = await Promise.all([cpu().impl.open(), wasm().impl.open()]);
    const [onCpu, onWasm] = [a, b].map((session) => session.compile(backend, { frozen: {}, inputs: {} }));
    const runs = await Promise.all([onCpu?.run({}), onWasm?.run({}), onCpu?.run({}), onWasm?.run({})]);
    expect(runs.map((outputs) => outputs?.['one']?.data[0])).toEqual([1, 2, 1, 2]);
    a.dispose();
    b.dispose();
  });

  it('opens the same backend many times at once', async () => {
    const sessions = await Promise.all([wasm, wasm, cpu, wasm].map((plugin) => plugin().impl.open()));
    expect(sessions.map(({ description }) => description.split(/[ ,]/)[1])).toEqual([
      'wasm',
      'wasm',
      'cpu',
      'wasm',
    ]);
    for (const session of sessions) session.dispose();
  });

  it('says so when a backend is not there', async () => {
    const engine = eagerEngine({ name: 'nowhere', load: async () => {} });
    await expect(engine.open()).rejects.toEqual(code('ENGINE_EAGER_BACKEND_UNAVAILABLE'));
    const session = await cpu().impl.open();
    expect(tf.getBackend()).toBe('cpu');
    session.dispose();
  });

  it('names the operation that a backend lacks', async () => {
    const session = await wasm().impl.open();
    const compiled = session.compile(
      (named) => ({ y: tf.einsum('i,i->', get(named, 'x'), get(named, 'x')) }),
      {
        frozen: {},
        inputs: { x: { shape: [4], dtype: 'float32' } },
      },
    );
    await expect(compiled.run({ x: float32(new Float32Array(4)) })).rejects.toEqual(
      code('ENGINE_EAGER_MISSING_KERNEL'),
    );
    session.dispose();
  });
});
