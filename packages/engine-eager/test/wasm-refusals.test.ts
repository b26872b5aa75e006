// What the wasm backend refuses: to start without its package, to run in a package that is built otherwise, images and
// numbers that its kernels do not know.
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { MappingNetworksError } from '@mapping-networks/core';
import { afterEach, beforeEach, describe, expect, it, vi, type MockInstance } from 'vitest';
import { eagerEngine, wasm } from '@mapping-networks/engine-eager';
import { openWasm } from '../src/wasm/index.ts';
import { memoryOf } from '../src/wasm/native/heap.ts';

const code = (expected: string): object => expect.objectContaining({ code: expected });

/** `tf.setBackend` asks the engine of TensorFlow.js, which is one for the process. */
const starting = (): MockInstance<(name: string) => Promise<boolean>> => vi.spyOn(tf.engine(), 'setBackend');

afterEach(() => vi.restoreAllMocks());

describe('a backend that does not start', () => {
  it('is told, with its cause', async () => {
    const cause = new Error('no WebAssembly here');
    starting().mockRejectedValue(cause);
    await expect(openWasm()).rejects.toEqual(code('ENGINE_EAGER_WASM_UNAVAILABLE'));
    await expect(openWasm()).rejects.toMatchObject({ cause });
    starting().mockResolvedValue(false);
    await expect(openWasm()).rejects.toEqual(code('ENGINE_EAGER_WASM_UNAVAILABLE'));
  });

  it('is told by the engine as it is, and does not keep the next from starting', async () => {
    starting().mockResolvedValue(false);
    await expect(wasm().impl.open()).rejects.toEqual(code('ENGINE_EAGER_WASM_UNAVAILABLE'));
    await expect(eagerEngine({ name: 'abacus', load: async () => {} }).open()).rejects.toEqual(
      code('ENGINE_EAGER_BACKEND_UNAVAILABLE'),
    );
    vi.restoreAllMocks();
    const session = await wasm().impl.open();
    expect(session.description).toContain('eager wasm');
    session.dispose();
  });
});

describe('a package that is built otherwise', () => {
  const builds: readonly [string, object][] = [
    ['without exports', {}],
    ['with exports that are none', { asm: 3 }],
    ['without a memory', { asm: {} }],
    ['with a memory that is none', { asm: { memory: new ArrayBuffer(8) } }],
  ];
  it.each(builds)('%s', (_name, built) => {
    const backend: BackendWasm = Object.create({ wasm: built });
    expect(() => memoryOf(backend)).toThrow(code('ENGINE_EAGER_WASM_INTERNALS'));
    expect(() => memoryOf(backend)).toThrow(/tfjs-backend-wasm 4\.22 to expose its memory/);
  });
});

describe('kernels', () => {
  beforeEach(openWasm);

  it('take images as NHWC alone', () => {
    const x = tf.zeros<tf.Rank.R4>([1, 2, 4, 4]);
    const kernel = tf.zeros<tf.Rank.R4>([3, 3, 2, 1]);
    const run = (): unknown => tf.tidy(() => tf.conv2d(x, kernel, 1, 'same', 'NCHW'));
    expect(run).toThrow(MappingNetworksError);
    expect(run).toThrow(code('ENGINE_EAGER_WASM_DATA_FORMAT'));
    tf.dispose([x, kernel]);
  });

  it('multiply matrices of float32 alone', () => {
    const whole = tf.zeros<tf.Rank.R2>([2, 2], 'int32');
    const run = (): unknown => tf.tidy(() => tf.matMul(whole, whole));
    expect(run).toThrow(code('ENGINE_EAGER_WASM_DTYPE'));
    expect(run).toThrow(/got int32.*tf\.cast/);
    whole.dispose();
  });
});
