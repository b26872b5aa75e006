// What cannot be recorded, and that TensorFlow.js is left as it was, whatever happened.
import * as tf from '@tensorflow/tfjs-core';
import { int32, type Step } from '@mapping-networks/core';
import { trace } from '@mapping-networks/graph';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { at, nodesOf, ofX, record, signature } from './record.ts';

describe('what cannot be recorded', () => {
  const refused = (f: (x: tf.Tensor) => tf.Tensor, code: string, words: RegExp): void => {
    const before = tf.memory().numTensors;
    expect(() => record(f)).toThrow(expect.objectContaining({ code }));
    expect(() => record(f)).toThrow(words);
    expect(tf.memory().numTensors).toBe(before);
    expect(tf.getBackend()).toBe('cpu');
  };

  it.each([
    ['dataSync', (x: tf.Tensor) => tf.scalar(tf.mean(x).dataSync()[0] ?? 0)],
    ['arraySync', (x: tf.Tensor) => tf.tensor(tf.neg(x).arraySync())],
    ['print', (x: tf.Tensor) => (tf.neg(x).print(), x)],
  ])('numbers that are read: %s', (_name, f) => {
    refused(f, 'GRAPH_DATA_READ', /asked for the numbers/);
  });

  it('numbers that are read later', async () => {
    const promises: Promise<unknown>[] = [];
    record((x) => {
      promises.push(tf.neg(x).data());
      return x;
    });
    for (const promise of promises) {
      await expect(promise).rejects.toThrow(expect.objectContaining({ code: 'GRAPH_DATA_READ' }));
    }
    expect(promises).toHaveLength(2);
  });

  it('random numbers of TensorFlow.js', () => {
    refused(
      (x) => tf.add(x, tf.randomNormal([3])),
      'GRAPH_NOT_PURE',
      /constant of type float32 \[3\], used by binary add/,
    );
    refused((x) => tf.dropout(x, 0.5), 'GRAPH_NOT_PURE', /again/);
    refused((x) => tf.multinomial(x as tf.Tensor2D, 2), 'GRAPH_NOT_PURE', /Multinomial.*random/);
  });

  it('captured randomness in one large array', () => {
    refused((x) => tf.add(x, tf.sum(tf.randomUniform([1100, 1000]))), 'GRAPH_NOT_PURE', /again/);
  });

  it('captured randomness in an array that is filled anew', () => {
    const noise = new Float32Array(3);
    let draws = 0;
    const drawn = (): Float32Array => {
      for (let i = 0; i < noise.length; i++) noise[i] = draws++;
      return noise;
    };
    refused((x) => tf.add(x, tf.tensor(drawn())), 'GRAPH_NOT_PURE', /again/);
  });

  it('counters, and tensors kept from the call before', () => {
    let calls = 0;
    refused((x) => tf.mul(x, calls++), 'GRAPH_NOT_PURE', /again/);
    const kept: tf.Tensor[] = [];
    record((x) => {
      kept.push(tf.keep(tf.neg(x)));
      return x;
    });
    refused((x) => tf.add(x, kept[0] as tf.Tensor), 'GRAPH_NOT_PURE', /earlier call/);
    for (const tensor of kept) tensor.dispose();
  });

  describe('variables from outside', () => {
    const variable = tf.variable(tf.tensor1d([1, 2, 3]), true, 'w');
    afterAll(() => variable.dispose());
    const words = /reads the variable 'w' \(float32 \[3\]\).*as a parameter or a buffer.*engine: 'wasm'/;

    it.each<[string, (x: tf.Tensor) => tf.Tensor]>([
      ['an operand', (x) => tf.mul(x, variable)],
      ['the operand of a gradient', tf.grad((x) => tf.sum(tf.mul(x, variable)))],
      ['behind a reshape', (x) => tf.mul(x, tf.reshape(variable, [1, 3]))],
      ['behind a cast', (x) => tf.mul(x, tf.cast(tf.cast(variable, 'int32'), 'float32'))],
      ['one of a list', (x) => tf.concat([x, tf.stack([variable, variable])])],
      ['an output', () => variable],
      ['what is differentiated', () => Object.values(tf.variableGrads(() => tf.sum(variable)).grads)[0]!],
    ])('%s', (_name, f) => {
      refused(f, 'GRAPH_NOT_PURE', words);
      expect([...variable.dataSync()]).toEqual([1, 2, 3]);
    });

    it('whose clone is a constant, and they go on', () => {
      const moving = tf.variable(tf.tensor1d([1, 2, 3]));
      const clone = moving.clone();
      expect(nodesOf(record((x) => tf.mul(x, clone)))).toContainEqual(
        expect.objectContaining({ kind: 'constant', data: Float32Array.of(1, 2, 3) }),
      );
      tf.tidy(() => moving.assign(tf.add(moving, 1)));
      expect([...moving.dataSync(), ...clone.dataSync()]).toEqual([2, 3, 4, 1, 2, 3]);
      tf.dispose([moving, clone]);
    });
  });

  it('outputs that come and go', () => {
    let calls = 0;
    const fickle: Step = (inputs) => (calls++ === 0 ? { y: at(inputs) } : { z: at(inputs) });
    expect(() => trace(fickle, signature)).toThrow(expect.objectContaining({ code: 'GRAPH_NOT_PURE' }));
  });

  it('operations without a kernel', () => {
    refused((x) => tf.topk(x, 1).values, 'GRAPH_UNSUPPORTED_KERNEL', /TopK.*engine: 'wasm'/);
    refused(
      (x) => tf.fused.matMul({ a: x, b: tf.ones([3, 3]), activation: 'gelu' as 'relu' }),
      'GRAPH_UNSUPPORTED_KERNEL',
      /gelu/,
    );
  });

  it('strings and complex numbers', () => {
    refused((x) => (tf.tensor(['a']), x), 'GRAPH_UNSUPPORTED_TYPE', /string/);
    refused((x) => tf.cast(x, 'complex64'), 'GRAPH_UNSUPPORTED_TYPE', /complex64/);
  });

  it('a name that is frozen and an input', () => {
    const twice = { ...signature, frozen: { x: int32(Int32Array.of(1)) } };
    expect(() => trace(ofX(tf.neg), twice)).toThrow(expect.objectContaining({ code: 'GRAPH_NAME_TWICE' }));
  });

  it('errors of the step come out as they are', () => {
    refused(
      () => {
        throw Object.assign(new Error('mine'), { code: 'MINE' });
      },
      'MINE',
      /mine/,
    );
  });
});

describe('TensorFlow.js afterwards', () => {
  it('has the backend of before, its tensors, and no more of them', () => {
    const mine = tf.tensor1d([1, 2, 3]);
    const before = tf.memory().numTensors;
    const graph = record((x) => tf.mul(x, mine));
    expect(tf.memory().numTensors).toBe(before);
    expect(nodesOf(graph)).toContainEqual(expect.objectContaining({ kind: 'constant' }));
    expect([...mine.dataSync()]).toEqual([1, 2, 3]);
    expect([...tf.tidy(() => tf.square(mine)).dataSync()]).toEqual([1, 4, 9]);
    mine.dispose();
  });

  it('gives back constants that the step reads or keeps', () => {
    let kept: tf.Tensor | undefined;
    const f = (x: tf.Tensor): tf.Tensor => {
      kept ??= tf.keep(tf.tensor1d([2, 3, 4]));
      return tf.mul(tf.mul(x, kept), tf.zeros([3]).dataSync()[0] ?? 1);
    };
    expect(record(f).outputs).toHaveProperty('y');
    expect([...(kept?.dataSync() ?? [])]).toEqual([2, 3, 4]);
    kept?.dispose();
  });

  it('is in no hurry to register the backend, and does so once', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    record(tf.neg);
    record(tf.neg);
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  it('has right numbers for a float32 backend while recording', () => {
    const seen: number[] = [];
    record((x) => {
      seen.push(tf.backend().epsilon(), tf.backend().floatPrecision());
      return x;
    });
    expect(seen.slice(0, 2)).toEqual([1e-7, 32]);
  });
});
