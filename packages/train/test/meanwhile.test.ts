// While a step runs the next batch is prepared, and nothing else is different for it.
import type { CompiledStep, EngineSession, Part, Split } from '@mapping-networks/core';
import { cpu } from '@mapping-networks/engine-eager';
import { evaluate, train } from '@mapping-networks/train';
import { describe, expect, it } from 'vitest';
import { meanwhile } from '../src/step/meanwhile.ts';
import { base } from './tiny-run.ts';
import { blobSplits, crossEntropy, datasetOf } from './tiny.ts';

/** The engine cpu, computing in later turns of the loop, and a list of what happens. */
const slowly = (): { readonly engine: Part<'engine'>; readonly events: string[] } => {
  const events: string[] = [];
  const wrap = (compiled: CompiledStep, name: string): CompiledStep => ({
    ...compiled,
    run: async (inputs) => {
      events.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 1));
      const outputs = await compiled.run(inputs);
      events.push(`${name} ends`);
      return outputs;
    },
  });
  const open = async (): Promise<EngineSession> => {
    const session = await cpu().impl.open();
    const compile: EngineSession['compile'] = (step, signature) =>
      wrap(session.compile(step, signature), signature.name ?? 'step');
    return { ...session, compile };
  };
  return { engine: { ...cpu(), impl: { open } }, events };
};

const told = (split: Split, events: string[]): Split => ({
  ...split,
  batch: (indices, key) => {
    if (indices.length > 1) events.push('batch');
    return split.batch(indices, key);
  },
});

describe('an epoch', () => {
  const run = async (): Promise<readonly string[]> => {
    const { engine, events } = slowly();
    const splits = { ...blobSplits, train: told(blobSplits.train, events) };
    await train({ ...base, engine, dataset: datasetOf(splits), epochs: 2, trainScoreLimit: 0 });
    return events.filter((event) => event === 'batch' || event.startsWith('train'));
  };

  it('prepares each batch while the one before it is computed, and none too many', async () => {
    const epoch = [
      'batch',
      'train begins',
      'batch',
      'train ends',
      'train begins',
      'batch',
      'train ends',
      'train begins',
      'train ends',
    ];
    expect(await run()).toEqual([...epoch, ...epoch]);
  });
});

describe('an evaluation', () => {
  it('does so too', async () => {
    const { model } = await train({ ...base, epochs: 1 });
    const { engine, events } = slowly();
    const split = told(blobSplits.test, events);
    await evaluate({ model, split, loss: crossEntropy, engine, batchSize: 10 });
    expect(events.filter((event) => !event.startsWith('parameters'))).toEqual([
      'batch',
      'evaluate begins',
      'batch',
      'evaluate ends',
      'evaluate begins',
      'batch',
      'evaluate ends',
      'evaluate begins',
      'evaluate ends',
    ]);
  });
});

describe('failures', () => {
  const fails = (message: string): never => {
    throw new Error(message);
  };
  const later = async (message?: string): Promise<string> => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    return message === undefined ? 'done' : fails(message);
  };

  it('of the work come first', async () => {
    await expect(meanwhile(later('work'), () => fails('preparation'))).rejects.toThrow('work');
  });

  it('of the preparation are heard when the work is over', async () => {
    let over = false;
    const work = later().then(() => {
      over = true;
    });
    await expect(meanwhile(work, () => fails('preparation'))).rejects.toThrow('preparation');
    expect(over).toBe(true);
  });

  it('are none where there are none', async () => {
    expect(await meanwhile(later(), () => 2)).toEqual(['done', 2]);
  });
});
