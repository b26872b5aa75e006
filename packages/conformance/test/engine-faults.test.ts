// Each law of engines is broken once, on purpose.
import { engineLaws } from '@mapping-networks/conformance';
import { float32, type CompiledStep, type Engine, type Part } from '@mapping-networks/core';
import { cpu } from '@mapping-networks/engine-eager';
import * as tf from '@tensorflow/tfjs-core';
import { describe, test } from 'vitest';
import { expectBroken } from './broken/names.ts';

let calls = 0;

const engine = (change: (compiled: CompiledStep) => Partial<CompiledStep>): Part<'engine'> => {
  const open: Engine['open'] = async () => {
    const session = await cpu().impl.open();
    return {
      ...session,
      compile: (...args) => {
        const compiled = session.compile(...args);
        return { ...compiled, ...change(compiled) };
      },
    };
  };
  return { ...cpu(), impl: { open } };
};

const remembered = (run: CompiledStep['run']): CompiledStep['run'] => {
  let kept: ReturnType<CompiledStep['run']> | undefined;
  return (inputs) => (kept ??= run(inputs));
};

const threads = (count: number): Part<'engine'> => ({
  ...cpu(),
  impl: { open: async () => ({ ...(await cpu().impl.open()), threads: count }) },
});

describe('the suite of engines rejects', () => {
  test.each<[string, Part<'engine'>, string]>([
    [
      'values off by 1e-4',
      engine(({ run }) => ({
        run: async (inputs) => ({ ...(await run(inputs)), value: float32(Float32Array.of(1), []) }),
      })),
      'plain loops',
    ],
    ['the first outputs for ever', engine(({ run }) => ({ run: remembered(run) })), 'plain loops'],
    [
      'noise',
      engine(({ run }) => ({
        run: async (inputs) => ({ ...(await run(inputs)), value: float32(Float32Array.of(calls++), []) }),
      })),
      'the same bits',
    ],
    ['outputs that are shared', engine(({ run }) => ({ run: remembered(run) })), 'the caller’s own'],
    [
      'inputs that are changed',
      engine(({ run }) => ({
        run: async (inputs) =>
          [await run(inputs), inputs['x']?.data.fill(0)][0] as Awaited<ReturnType<CompiledStep['run']>>,
      })),
      'inputs stay',
    ],
    [
      'anything that comes',
      engine(({ run }) => ({ run: (inputs) => run(inputs).catch(() => ({})) })),
      'is rejected',
    ],
    [
      'tensors left behind',
      engine(({ run }) => ({
        run: (inputs) => [run(inputs), tf.keep(tf.scalar(1))][0] as ReturnType<CompiledStep['run']>,
      })),
      'nothing is left behind',
    ],
    [
      'no description',
      { ...cpu(), impl: { open: async () => ({ ...(await cpu().impl.open()), description: ' ' }) } },
      'says what it is',
    ],
    ['no thread', threads(0), 'threads'],
    ['half a thread', threads(2.5), 'threads'],
    ['threads that are not a number', threads(Number.NaN), 'threads'],
  ])('%s', async (_name, part, fragment) => {
    await expectBroken(engineLaws(part), fragment);
  });
});
