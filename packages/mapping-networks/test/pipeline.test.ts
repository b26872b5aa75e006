// A config must become the run that its words say, with every default written out, and refuse everything else by name.
import {
  definePlugin,
  mlp,
  pipeline,
  pipelineFrom,
  registry,
  toSpec,
  type Plugin,
  type TrainEvent,
} from 'mapping-networks';
import { openCheckpoints } from 'mapping-networks/node';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { describe, expect, it } from 'vitest';

const glyphs = { use: 'glyphs', train: 200, validation: 50, test: 50 } as const;
const small = { target: { use: 'mlp', hidden: [8] }, dataset: glyphs, latentDim: 32, batchSize: 50 } as const;

interface StopAfterOptions {
  readonly steps: number;
}

const stopAfter: Plugin<'callback', 'stopAfter', StopAfterOptions, StopAfterOptions> = definePlugin({
  kind: 'callback',
  name: 'stopAfter',
  summary: 'Ends a run after some steps.',
  options: z.strictObject({ steps: z.int() }),
  slots: {},
  create: ({ steps }) => ({
    on: (event) => (event.type === 'step' && event.step >= steps ? 'stop' : undefined),
  }),
});

interface WideOptions {
  readonly width: number;
}

const wide: Plugin<'target', 'wide', Partial<WideOptions>, WideOptions> = definePlugin({
  kind: 'target',
  name: 'wide',
  summary: 'A target from somewhere else.',
  options: z.strictObject({ width: z.int().default(4) }),
  slots: {},
  create: ({ width }) => mlp({ hidden: [width] }).impl,
});

describe('pipeline', () => {
  it('gives a newcomer the documented defaults', () => {
    const { record, parts } = pipeline({ target: 'cnn2', dataset: 'fashionMnist', latentDim: 2048 });
    expect(record).toMatchObject({
      target: { use: 'cnn2', classes: 10, inputShape: [28, 28, 1] },
      parameterization: {
        use: 'mapping',
        latentDim: 2048,
        strategy: 'single',
        projection: { use: 'hadamard' },
      },
      loss: { use: 'crossEntropy' },
      metrics: [{ use: 'accuracy' }],
      callbacks: [],
      optimizer: { use: 'adamW', weightDecay: 0.01 },
      schedule: { use: 'cosine' },
      engine: { use: 'onnx', threads: 'auto', providers: ['cpu'], worker: true },
      epochs: 4,
      batchSize: 128,
      learningRate: 0.15,
      seed: 0,
    });
    expect(parts.target.impl.parameters.size).toBe(108_618);
  });

  it('is the same run from its own record', () => {
    const { record } = pipeline({ ...small, loss: { use: 'crossEntropy', labelSmoothing: 0.1 } });
    expect(pipelineFrom(JSON.parse(JSON.stringify(record))).record).toEqual(record);
  });

  it('takes shape and classes of a target from the dataset, unless the config says otherwise', () => {
    const target = (spec: 'mlp' | { readonly use: 'mlp'; readonly classes: number }) =>
      toSpec(pipeline({ target: spec, dataset: 'glyphs', latentDim: 8 }).parts.target);
    expect(target('mlp')).toMatchObject({ inputShape: [28, 28, 1], classes: 10 });
    expect(target({ use: 'mlp', classes: 12 })).toMatchObject({ classes: 12 });
  });

  it('measures regression by squared and absolute error', () => {
    const { impl } = pipeline(small).parts.dataset;
    const values: Plugin<'dataset', 'values', object, object> = definePlugin({
      kind: 'dataset',
      name: 'values',
      summary: 'Values.',
      options: z.strictObject({}),
      slots: {},
      create: () => ({ ...impl, info: { ...impl.info, task: 'regression', classes: [] } }),
    });
    const target = { use: 'mlp', hidden: [], classes: 1 } as const;
    const { record } = pipeline({ target, dataset: values(), latentDim: 8 });
    expect([record.loss, ...record.metrics]).toEqual([{ use: 'mse' }, { use: 'meanAbsoluteError' }]);
  });

  it('completes options whose plugin is not named', () => {
    const { record } = pipelineFrom({ ...small, optimizer: { beta1: 0.8 }, loss: { labelSmoothing: 0.2 } });
    expect(record.optimizer).toMatchObject({ use: 'adamW', beta1: 0.8, weightDecay: 0.01 });
    expect(record.loss).toEqual({ use: 'crossEntropy', labelSmoothing: 0.2 });
  });

  it('knows the names of plugins that the config brings', () => {
    const run = pipeline({ ...small, plugins: [wide], target: { use: 'wide', width: 6 } });
    expect(run.record.target).toEqual({ use: 'wide', width: 6 });
    expect(pipelineFrom(run.record, registry([wide])).record).toEqual(run.record);
    expect(() => pipelineFrom(run.record)).toThrow("There is no target 'wide'");
  });

  it.each([
    [{}, 'CONFIG_MISSING_KEY', 'names no dataset'],
    [{ dataset: 'glyphs' }, 'CONFIG_MISSING_KEY', "'cnn2'"],
    [{ dataset: 'glyphs', target: 'cnn2' }, 'CONFIG_MISSING_PARAMETERIZATION', 'latentDim'],
    [{ ...small, parameterization: 'direct' }, 'CONFIG_BOTH_LATENT_DIMS', 'short for'],
    [{ ...small, epoch: 3 }, 'CONFIG_UNKNOWN_KEY', "Did you mean 'epochs'?"],
    [{ ...small, epochs: 0 }, 'TRAIN_INVALID_OPTION', "'epochs'"],
    [{ ...small, learningRate: 'fast' }, 'TRAIN_INVALID_OPTION', 'got "fast"'],
    [{ ...small, dataset: 'glyph' }, 'CORE_UNKNOWN_NAME', "Did you mean 'glyphs'?"],
    [{ ...small, loss: 7 }, 'CORE_INVALID_SPEC', 'Expected a loss, got 7'],
    [{ ...small, latentDim: 1e9 }, 'CORE_LATENT_TOO_LARGE', '1000000000'],
    [[], 'CONFIG_NOT_A_CONFIG', 'got []'],
    [null, 'CONFIG_NOT_A_CONFIG', 'got null'],
  ])('refuses %j', (config, code, words) => {
    expect(() => pipelineFrom(config)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(words) as string }) as Error,
    );
  });

  it('refuses plugins that are none', () => {
    const config = { ...small, plugins: [wide()] };
    // @ts-expect-error a part is not a plugin
    expect(() => pipeline(config)).toThrow("Expected 'plugins'");
  });
});

describe('a trained pipeline', () => {
  it('trains with the numbers it has recorded, and scores a model as training did', async () => {
    const run = pipeline({ ...small, epochs: 2, seed: 3 });
    const events: string[] = [];
    const result = await run.train({ onEvent: ({ type }) => void events.push(type) });
    expect(result.settings).toEqual(run.settings);
    expect(events.filter((type) => type === 'step')).toHaveLength(8);
    expect(await run.evaluate(result.model)).toEqual(result.test);
    expect(await run.evaluate(result.model, 'validation')).toEqual(result.validation);
  });

  it('leaves out validation that has no examples, and says so where it is asked for', async () => {
    const run = pipeline({ ...small, dataset: { ...glyphs, validation: 0 }, epochs: 1 });
    const { model, validation, test } = await run.train();
    expect(validation).toBeUndefined();
    expect(await run.evaluate(model)).toEqual(test);
    await expect(run.evaluate(model, 'validation')).rejects.toThrow('The validation split has no examples.');
  });

  it('tells the callbacks that the config names', async () => {
    const run = pipeline({ ...small, plugins: [stopAfter], callbacks: [{ use: 'stopAfter', steps: 3 }] });
    expect(run.record.callbacks).toEqual([{ use: 'stopAfter', steps: 3 }]);
    const events: string[] = [];
    const { reason, steps } = await run.train({ onEvent: ({ type }) => void events.push(type) });
    expect({ reason, steps }).toEqual({ reason: 'stopped', steps: 3 });
    expect(events.at(-1)).toBe('end');
    expect(() => pipelineFrom(run.record)).toThrow("There is no callback 'stopAfter'");
  });

  it('stops at a signal', async () => {
    const controller = new AbortController();
    const run = pipeline({ ...small, epochs: 100 });
    const onEvent = ({ type }: { readonly type: string }): void => {
      if (type === 'step') controller.abort();
    };
    const { reason, steps } = await run.train({ signal: controller.signal, onEvent });
    expect({ reason, steps }).toEqual({ reason: 'aborted', steps: 1 });
  });

  it('keeps checkpoints, and goes on from one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pipeline-'));
    const run = pipeline({ ...small, epochs: 2, checkpointEvery: 3 });
    const checkpoints = await openCheckpoints(folder);
    const onEvent = (event: TrainEvent): 'stop' | undefined =>
      event.type === 'step' && event.step === 5 ? 'stop' : undefined;
    await run.train({ checkpoints, onEvent });
    const resume = (await checkpoints.latest())?.checkpoint;
    expect(resume?.state.step).toBe(5);
    const again = pipelineFrom(JSON.parse(JSON.stringify(run.record)));
    const resumed = await again.train({ checkpoints, ...(resume && { resume }) });
    expect(resumed.state).toEqual((await run.train()).state);
    await expect(pipeline({ ...small, epochs: 3 }).train({ ...(resume && { resume }) })).rejects.toThrow(
      /epochs is 2 there, 3 here/,
    );
    await rm(folder, { recursive: true });
  });

  it('loads its dataset once', async () => {
    const run = pipeline(small);
    expect(await run.load()).toBe(await run.load());
  });
});
