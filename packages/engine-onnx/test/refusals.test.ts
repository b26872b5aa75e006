// Everything that the engine refuses, and what it says.
import {
  float32,
  int32,
  MappingNetworksError,
  type EngineSession,
  type NamedArrays,
} from '@mapping-networks/core';
import { onnx, onnxSupport } from '@mapping-networks/engine-onnx';
import type { OnnxModel } from '@mapping-networks/graph';
import * as tf from '@tensorflow/tfjs-core';
import Module from 'node:module';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createProgram } from '../src/program.ts';
import { requireProviders, SMALLEST_MODEL } from '../src/providers.ts';
import { createChannel } from '../src/runtime/channel.ts';
import { inThread } from '../src/runtime/in-thread.ts';
import { loadOnnxruntime } from '../src/runtime/onnxruntime.ts';
import { workerThread } from '../src/runtime/worker-thread.ts';
import { sessionOptions } from '../src/session-options.ts';

const thrownBy = async (work: () => unknown): Promise<MappingNetworksError> => {
  try {
    await work();
  } catch (cause) {
    if (cause instanceof MappingNetworksError) return cause;
    throw cause;
  }
  throw new Error('nothing was thrown');
};

describe('without onnxruntime-node', () => {
  const load: unknown = Reflect.get(Module, '_load');
  beforeAll(() => {
    Reflect.set(Module, '_load', (request: string, ...others: unknown[]) => {
      if (request === 'onnxruntime-node') throw new Error("Cannot find module 'onnxruntime-node'");
      return Reflect.apply(load as () => unknown, Module, [request, ...others]);
    });
  });
  afterAll(() => void Reflect.set(Module, '_load', load));

  it('the engine says how to get it', async () => {
    const { code, message } = await thrownBy(() => onnx().impl.open());
    expect(code).toBe('ENGINE_ONNX_UNAVAILABLE');
    expect(message).toMatch(
      /^ONNX Runtime does not load: Cannot find module 'onnxruntime-node'\. Run npm install/,
    );
    expect(message).toContain("engine: 'wasm'");
  });
});

it('what is here is told', () => {
  const support = onnxSupport();
  expect(support).toMatchObject({ available: true, version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
  expect(support.available && support.providers).toContain('cpu');
});

describe('providers', () => {
  it('that ONNX Runtime was not built with', async () => {
    const foreign = process.platform === 'win32' ? 'coreml' : 'dml';
    const { code, message } = await thrownBy(() => onnx({ providers: [foreign, 'cpu'] }).impl.open());
    expect(code).toBe('ENGINE_ONNX_PROVIDER');
    expect(message).toMatch(new RegExp(`no provider '${foreign}' on ${process.platform} .*; it has cpu`));
    expect(message).not.toContain('tensorrt');
  });

  it('that do not start', async () => {
    const attempt = (): Promise<void> => Promise.reject(new Error('Failed to load shared library'));
    const { code, message } = await thrownBy(() =>
      requireProviders(['cuda', 'cpu'], ['cpu', 'cuda'], attempt),
    );
    expect(code).toBe('ENGINE_ONNX_PROVIDER_FAILED');
    expect(message).toMatch(
      /^ONNX Runtime cannot compute with cuda, cpu: Failed to load shared library\. cuda needs/,
    );
    await requireProviders(['cpu'], ['cpu'], attempt);
  });

  it.each<[unknown]>([[[]], [['gpu']], ['cpu']])('%j', async (providers) => {
    expect(await thrownBy(() => onnx.parse({ providers }))).toMatchObject({ code: 'CORE_INVALID_OPTIONS' });
  });
});

describe.each([true, false])('worker: %s', (worker) => {
  const runtime = worker ? workerThread() : inThread(loadOnnxruntime());
  let session: EngineSession;
  beforeAll(async () => {
    session = await onnx({ worker, threads: 1 }).impl.open();
  });
  afterAll(() => {
    session.dispose();
    runtime.close();
  });
  const specs = { x: { shape: [1], dtype: 'float32' } } as const;
  const program = (model: OnnxModel): ReturnType<typeof createProgram> =>
    createProgram(runtime, model, { name: 'train', specs, options: sessionOptions(['cpu'], 1) });
  const x = { x: float32(Float32Array.of(3)) };

  it('a model that ONNX Runtime does not take, at every run, and nothing of it is left to free', async () => {
    const [node] = SMALLEST_MODEL.nodes;
    if (!node) throw new Error('the model has a node');
    const wrong = program({ ...SMALLEST_MODEL, nodes: [{ ...node, operator: 'Negate' }] });
    for (const _ of [1, 2]) {
      const { code, message } = await thrownBy(() => wrong.run(x));
      expect(code).toBe('ENGINE_ONNX_REJECTED_MODEL');
      expect(message).toMatch(/refuses the model of step 'train': .*Negate/);
    }
    await wrong.release();
    const right = program(SMALLEST_MODEL);
    expect((await right.run(x))['y']).toEqual(float32(Float32Array.of(-3)));
    await right.release();
    const unused = program(SMALLEST_MODEL);
    await unused.release();
    expect(await thrownBy(() => unused.run(x))).toMatchObject({ code: 'ENGINE_ONNX_DISPOSED' });
  });

  it('numbers that a step cannot be run with, and the step goes on', async () => {
    const compiled = session.compile(({ from, at }) => ({ y: tf.gather(from!, at as tf.Tensor1D) }), {
      frozen: {},
      inputs: { from: { shape: [3], dtype: 'float32' }, at: { shape: [2], dtype: 'int32' } },
    });
    const from = float32(Float32Array.of(1, 2, 3));
    const { code, message } = await thrownBy(() => compiled.run({ from, at: int32(Int32Array.of(0, 7)) }));
    expect(code).toBe('ENGINE_ONNX_RUN_FAILED');
    expect(message).toMatch(/^ONNX Runtime failed in step 'step': /);
    expect((await compiled.run({ from, at: int32(Int32Array.of(0, 2)) }))['y']?.data).toEqual(
      Float32Array.of(1, 3),
    );
  });

  // Indices of three examples of two rows: the flat row of each wrong one is that of another example.
  it.each([
    ['rows of numbers', [3, 2, 2], 1],
    ['numbers', [3, 2], 1],
    ['numbers of a later axis', [3, 2, 2], 2],
  ])('indices of a batched gather that are no rows of their example: %s', async (_, shape, axis) => {
    const compiled = session.compile(
      ({ from, at }) => ({ y: tf.gather(from!, at as tf.Tensor1D, axis, 1) }),
      { frozen: {}, inputs: { from: { shape, dtype: 'float32' }, at: { shape: [3, 1], dtype: 'int32' } } },
    );
    const size = shape.reduce((product, side) => product * side);
    const from = float32(
      Float32Array.from({ length: size }, (_x, i) => i),
      shape,
    );
    const run = (...at: number[]): Promise<NamedArrays> =>
      compiled.run({ from, at: int32(Int32Array.from(at), [3, 1]) });
    for (const wrong of [
      [2, 0, 0],
      [0, 2, 0],
      [0, 0, 2],
      [-1, 0, 0],
      [0, -1, 0],
      [0, 0, -2],
    ]) {
      expect(await thrownBy(() => run(...wrong))).toMatchObject({ code: 'ENGINE_ONNX_RUN_FAILED' });
    }
    const taken = tf.tidy(() =>
      tf.gather(tf.tensor(from.data, shape), tf.tensor([1, 0, 1], [3, 1], 'int32'), axis, 1).dataSync(),
    );
    expect((await run(1, 0, 1))['y']?.data).toEqual(taken);
    compiled.dispose();
  });
});

it('what cannot be sent to the thread is refused, and it neither waits for an answer nor keeps the process', async () => {
  const channel = createChannel();
  const unref = vi.spyOn(Worker.prototype, 'unref');
  const unclonable = Object.assign([], { function: () => {} });
  await expect(channel.ask({ task: 'release', model: 0, dropped: unclonable })).rejects.toThrow(
    /could not be cloned/,
  );
  expect(await channel.ask({ task: 'release', model: 0, dropped: [] })).toEqual({});
  // Once when it started, once when nothing was waited for any more.
  expect(unref).toHaveBeenCalledTimes(2);
  unref.mockRestore();
  channel.close();
});

it('a thread that has ended answers nothing any more', async () => {
  const channel = createChannel();
  const ended = await thrownBy(() => channel.ask({ task: 'close' }));
  expect(ended).toMatchObject({ code: 'ENGINE_ONNX_WORKER_DIED' });
  expect(await thrownBy(() => channel.ask({ task: 'release', model: 0, dropped: [] }))).toBe(ended);
});
