// What goes wrong around steps, and what still works afterwards: errors while recording, engines in turns, a thread that
// ends, a process that ends, sessions by the dozen.
import { float32, type EngineSession, type Step } from '@mapping-networks/core';
import { cpu } from '@mapping-networks/engine-eager';
import { onnx } from '@mapping-networks/engine-onnx';
import * as tf from '@tensorflow/tfjs-core';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { get, inputs, signature, step } from '../../engine-eager/test/sample-step.ts';

const code = (expected: string): object => expect.objectContaining({ code: expected });

describe('a session that met an error', () => {
  let session: EngineSession;
  beforeAll(async () => {
    session = await onnx({ threads: 1 }).impl.open();
  });
  afterAll(() => session.dispose());

  const z = { frozen: {}, inputs: { z: { shape: [4], dtype: 'float32' } } } as const;
  const FAULTS: Readonly<Record<string, readonly [Step, object]>> = {
    'of the step': [
      ({ z: x }) => {
        tf.exp(x!);
        throw new Error('the step failed');
      },
      new Error('the step failed'),
    ],
    'in the middle of a gradient': [
      // TensorFlow.js itself loses what an interrupted gradient has saved; neg saves nothing.
      ({ z: x }) =>
        tf.valueAndGrad((v: tf.Tensor): tf.Tensor => {
          tf.neg(v);
          throw new TypeError('inside');
        })(x!),
      new TypeError('inside'),
    ],
    'in shapes': [({ z: x }) => ({ y: tf.reshape(x!, [3]) }), expect.any(Error) as object],
    'for an operation that cannot be compiled': [
      ({ z: x }) => ({ y: tf.topk(x!, 2).values }),
      code('GRAPH_UNSUPPORTED_KERNEL'),
    ],
    'for numbers that are read': [
      ({ z: x }) => ({ y: tf.scalar(x!.dataSync()[0] ?? 0) }),
      code('GRAPH_DATA_READ'),
    ],
    'for random numbers': [({ z: x }) => ({ y: tf.dropout(x!, 0.5) }), code('GRAPH_NOT_PURE')],
  };

  it.each(Object.entries(FAULTS))(
    '%s compiles and runs the next step, and keeps nothing',
    async (_, [fault, error]) => {
      const before = { backend: tf.getBackend(), tensors: tf.memory().numTensors };
      for (let times = 0; times < 2; times++) {
        expect(() => session.compile(fault, z)).toThrow(error);
        expect({ backend: tf.getBackend(), tensors: tf.memory().numTensors }).toEqual(before);
        const compiled = session.compile(step, signature);
        expect((await compiled.run(inputs))['value']?.shape).toEqual([]);
        compiled.dispose();
      }
      expect({ backend: tf.getBackend(), tensors: tf.memory().numTensors }).toEqual(before);
    },
  );

  it('for an operation that cannot be compiled, told by its name, with another engine for it', () => {
    const attempt = (): unknown => session.compile(({ z: x }) => ({ y: tf.topk(x!, 2).values }), z);
    expect(attempt).toThrow(/operation TopK, which cannot be compiled\. Use engine: 'wasm'/);
  });
});

describe('engines in turns', () => {
  it('compile and run beside each other, and leave TensorFlow.js as it was', async () => {
    const backend = tf.getBackend();
    const sessions = await Promise.all(
      [onnx({ threads: 1 }), cpu(), onnx({ worker: false })].map((part) => part.impl.open()),
    );
    const steps = sessions.map((session) => session.compile(step, signature));
    for (let round = 0; round < 3; round++) {
      const results = await Promise.all(steps.map((compiled) => compiled.run(inputs)));
      for (const result of results) {
        expect(result['value']?.data[0]).toBeCloseTo(results[0]?.['value']?.data[0] ?? NaN, 5);
      }
      const late = sessions.map((session) => session.compile((named) => step(named), signature));
      await Promise.all(late.map((compiled) => compiled.run(inputs)));
      for (const compiled of late) compiled.dispose();
      expect(tf.getBackend()).toBe(backend);
    }
    for (const session of sessions.toReversed()) session.dispose();
  });

  it('record while another engine is computing', async () => {
    const [ours, theirs] = await Promise.all([onnx({ threads: 1 }).impl.open(), cpu().impl.open()]);
    const slow = theirs.compile(step, signature);
    const runs = Array.from({ length: 20 }, () => slow.run(inputs));
    const compiled = Array.from({ length: 5 }, () => ours.compile((named) => step(named), signature));
    const results = await Promise.all([...runs, ...compiled.map((each) => each.run(inputs))]);
    for (const { value } of results)
      expect(value?.data[0]).toBeCloseTo(results[0]?.['value']?.data[0] ?? NaN, 5);
    ours.dispose();
    theirs.dispose();
  });
});

describe('a thread that ends', () => {
  const withWorker = async (): Promise<readonly [EngineSession, () => Worker | undefined]> => {
    let worker: Worker | undefined;
    process.once('worker', (started) => (worker = started));
    return [await onnx({ threads: 1 }).impl.open(), () => worker];
  };

  it('fails the runs that wait for it and all that follow; another session starts another thread', async () => {
    const [session, worker] = await withWorker();
    const compiled = session.compile(step, signature);
    const done = await compiled.run(inputs);
    const before = compiled.run(inputs);
    worker()?.postMessage({ task: 'close', id: -1 });
    const after = await Promise.allSettled(Array.from({ length: 5 }, () => compiled.run(inputs)));
    expect(await before).toEqual(done);
    const died = code('ENGINE_ONNX_WORKER_DIED');
    expect(after).toEqual(after.map(() => ({ status: 'rejected', reason: died })));
    await expect(compiled.run(inputs)).rejects.toThrow(died);
    const other = session.compile((named) => step(named), signature);
    await expect(other.run(inputs)).rejects.toThrow(died);
    for (const each of [compiled, other]) each.dispose();
    session.dispose();

    const [fresh] = await withWorker();
    expect(await fresh.compile(step, signature).run(inputs)).toEqual(done);
    fresh.dispose();
  });

  it.each([
    ['exit', 7],
    ['error', 1],
  ])('with the process, in the middle of a run, by %s: exit code %i', (way, status) => {
    const program = fileURLToPath(new URL('exits-while-running.ts', import.meta.url));
    const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    const options = ['--conditions=@mapping-networks/source', '--import', tsx];
    const ended = spawnSync(process.execPath, [...options, program, way], { encoding: 'utf8' });
    expect({ status: ended.status, signal: ended.signal }).toEqual({ status, signal: null });
    expect(ended.stderr).not.toContain('terminate');
  });
});

it('runs that are queued without waiting all end, in order, and those of a disposed session too', async () => {
  const session = await onnx({ threads: 1 }).impl.open();
  const compiled = session.compile(({ z }) => ({ y: tf.add(get({ z: z! }, 'z'), 1) }), {
    frozen: {},
    inputs: { z: { shape: [2000], dtype: 'float32' } },
  });
  const ended: number[] = [];
  const runs = Array.from({ length: 200 }, async (_, i) => {
    const { y } = await compiled.run({ z: float32(new Float32Array(2000).fill(i)) });
    ended.push(i);
    return y?.data[1999];
  });
  session.dispose();
  expect(await Promise.all(runs)).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
  expect(ended).toEqual(ended.toSorted((a, b) => a - b));
});

it.runIf(process.platform === 'linux')(
  'sessions end with their threads, however many there were',
  async () => {
    const threads = (): number => readdirSync('/proc/self/task').length;
    const before = threads();
    for (let i = 0; i < 12; i++) {
      const session = await onnx({ threads: 4 }).impl.open();
      const compiled = session.compile(step, signature);
      if (i % 3 > 0) await compiled.run(inputs);
      if (i % 3 > 1) void compiled.run(inputs);
      session.dispose();
    }
    await vi.waitFor(() => expect(threads()).toBeLessThan(before + 12), { timeout: 10_000 });
  },
);
