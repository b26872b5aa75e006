// What passes are given: scores and outputs of the validation split, training on the training split, repeatable.
import {
  alignment,
  applyPasses,
  cpu,
  evaluate,
  feedForward,
  glyphs,
  mapping,
  mappingLoss,
  crossEntropy,
  mlp,
  modelFingerprint,
  modelMap,
  passContext,
  predict,
  prune,
  quantize,
  sensitivity,
  shrink,
  smoothness,
  wasm,
  type DatasetSplits,
  type Model,
  type Part,
  type PassContext,
} from 'mapping-networks';
import type { EngineSession, Scores } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';

const dataset = glyphs({ train: 256, validation: 64, test: 64 });
const engine = cpu();
const parts = { target: mlp({ hidden: [16] }), parameterization: mapping({ latentDim: 48 }) };
const model: Model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
let splits: DatasetSplits;

beforeAll(async () => {
  splits = await dataset.impl.load();
});

/** The same accuracy, and a loss within float32 rounding. */
const rounded = ({ loss, ...others }: Scores) => ({ ...others, loss: expect.closeTo(loss, 5) as number });

describe('passContext', () => {
  it('scores the validation split, and asks for outputs of its first examples', async () => {
    const context = passContext({ splits, engine, examples: 5 });
    expect(await context.evaluate(model)).toEqual(
      rounded(await evaluate({ model, split: splits.validation, loss: crossEntropy(), engine })),
    );
    const outputs = await context.outputs(model);
    const { x } = splits.validation.batch([0, 1, 2, 3, 4]);
    expect(outputs.shape).toEqual([5, 10]);
    const predicted = await predict({ model, inputs: x, engine });
    outputs.data.forEach((value, i) => expect(value).toBeCloseTo(predicted.outputs[i] ?? Number.NaN, 4));
  });

  it('takes a dataset in the place of splits, and loads it once', async () => {
    let loads = 0;
    const counted: Part<'dataset'> = {
      ...dataset,
      impl: { ...dataset.impl, load: async () => (loads++, splits) },
    };
    const context = passContext({ dataset: counted, engine });
    expect((await context.outputs(model)).shape).toEqual([64, 10]);
    expect(await context.evaluate(model)).toHaveProperty('accuracy');
    expect(loads).toBe(1);
  });

  it.each([1, 0.5, 2.5])('trains on for %s epochs, the same way every time', async (epochs) => {
    const lines: string[] = [];
    const context = passContext({ splits, engine, batchSize: 32, say: (line) => lines.push(line) });
    const before = modelFingerprint(model);
    const tuned = await context.fineTune?.(model, { epochs });
    const again = await context.fineTune?.(model, { epochs });
    if (!tuned || !again) throw new Error('expected networks');
    expect(modelFingerprint(again)).toBe(modelFingerprint(tuned));
    expect(modelFingerprint(model)).toBe(before);
    expect((await context.evaluate(tuned)).loss).toBeLessThan((await context.evaluate(model)).loss);
    expect(lines[0]).toMatch(/of training on: loss/);
  });

  it('falls from the learning rate given to 0, or stays there', async () => {
    const context = passContext({ splits, engine, batchSize: 32 });
    const tune = async (decay: 'cosine' | 'constant', learningRate: number) =>
      modelFingerprint((await context.fineTune?.(model, { epochs: 1, learningRate, decay })) ?? model);
    const prints = [await tune('cosine', 0.1), await tune('constant', 0.1), await tune('cosine', 0.01)];
    expect(new Set(prints).size).toBe(3);
  });

  it('goes by training examples where there are none to validate, and says so', async () => {
    const lines: string[] = [];
    const none = { ...splits, validation: { ...splits.validation, size: 0 } };
    const context = passContext({ splits: none, engine, say: (line) => lines.push(line) });
    expect(await context.evaluate(model)).toEqual(
      rounded(await evaluate({ model, split: splits.train, loss: crossEntropy(), engine })),
    );
    await context.outputs(model);
    expect(lines).toEqual(['The dataset has no validation examples: scores are of 256 training examples.']);
  });

  it('tells how many examples scores are of', async () => {
    const on = (validation: number, train: number) => {
      const sized = {
        train: { ...splits.train, size: train },
        validation: { ...splits.validation, size: validation },
      };
      return passContext({ splits: { ...splits, ...sized }, engine }).judgedOn();
    };
    expect(await on(64, 256)).toEqual({ split: 'validation', examples: 64 });
    expect(await on(0, 256)).toEqual({ split: 'train', examples: 256 });
    expect(await on(0, 6000)).toEqual({ split: 'train', examples: 5000 });
  });

  it('trains on the task alone where the map lacks what the loss needs', async () => {
    const lines: string[] = [];
    const loss = mappingLoss({ terms: [smoothness(), alignment()] });
    const { impl } = model.parameterization;
    const bare: Part<'parameterization'> = {
      ...model.parameterization,
      impl: { ...impl, bind: (space) => ({ ...impl.bind(space), regularizers: {} }) },
    };
    const context = passContext({ splits, engine, loss, batchSize: 64, say: (line) => lines.push(line) });
    await context.fineTune?.({ ...model, parameterization: bare }, { epochs: 0.5 });
    expect(lines[0]).toBe(
      "The loss 'mappingLoss' needs more than this network has: training on 'crossEntropy'.",
    );
    await context.fineTune?.(model, { epochs: 0.5 });
    expect(lines.length).toBe(3);
  });

  it('ends by its signal', async () => {
    const context = passContext({ splits, engine, signal: AbortSignal.abort(new Error('enough')) });
    await expect(context.fineTune?.(model, { epochs: 1 })).rejects.toThrow('enough');
  });

  it('serves applyPasses', async () => {
    const pass: Part<'pass'> = {
      kind: 'pass',
      name: 'on',
      options: {},
      impl: {
        stage: 'prune',
        apply: async (given, { fineTune }) => ({ model: (await fineTune?.(given, { epochs: 1 })) ?? given }),
      },
    };
    const { reports } = await applyPasses(model, [pass], passContext({ splits, engine, batchSize: 32 }));
    expect(reports[0]?.after.validation.loss).toBeLessThan(reports[0]?.before.validation.loss ?? 0);
    expect(reports[0]?.outputs.worst).toBeGreaterThan(0);
  });

  describe('its engine', () => {
    const counting = (inner: Part<'engine'>) => {
      const counts = { opened: 0, closed: 0, compiled: 0 };
      const open = async (): Promise<EngineSession> => {
        counts.opened++;
        const session = await inner.impl.open();
        return {
          ...session,
          compile: (step, signature) => {
            counts.compiled++;
            return session.compile(step, signature);
          },
          dispose: () => {
            counts.closed++;
            session.dispose();
          },
        };
      };
      return { counts, engine: { ...inner, impl: { open } } as Part<'engine'> };
    };

    it('is opened once for a whole scan, and gives the scores of one that is opened for each', async () => {
      const { engine: counted, counts } = counting(engine);
      const context = passContext({ splits, engine: counted });
      const alone: Pick<PassContext, 'evaluate'> = {
        evaluate: (pruned) =>
          evaluate({ model: pruned, split: splits.validation, loss: crossEntropy(), engine }),
      };
      const options = { scope: 'tensor', sparsities: [0.5, 0.9] } as const;
      const [scan, expected] = [
        await sensitivity(model, context, options),
        await sensitivity(model, alone, options),
      ];
      expect(scan).toEqual({
        baseline: rounded(expected.baseline),
        layers: expected.layers.map(({ points, ...layer }) => ({
          ...layer,
          points: points.map((point) => ({ ...point, scores: rounded(point.scores) })),
        })),
      });
      expect(counts).toEqual({ opened: 1, closed: 0, compiled: 1 });
      context.dispose();
      await context.evaluate(model);
      expect(counts).toEqual({ opened: 2, closed: 1, compiled: 2 });
    });

    it('serves networks of fewer units, and every pass', async () => {
      const { engine: counted, counts } = counting(wasm());
      const context = passContext({ splits, engine: counted });
      const passes = [prune({ sparsity: 0.5, structure: 'filters' }), quantize({ type: 'int8' })];
      const before = await context.evaluate(model);
      const { model: quantized, reports } = await applyPasses(model, passes, context);
      const small = shrink((await applyPasses(model, passes.slice(0, 1), context)).model, feedForward);
      const scores = await context.evaluate(small);
      expect(scores).toEqual(rounded(reports[0]?.after.validation ?? { loss: Number.NaN }));
      expect(await context.evaluate(quantized)).toEqual(reports[1]?.after.validation);
      expect(await context.evaluate(model)).toEqual(before);
      // Scores and outputs of one target, scores of the small one, scores of the first again.
      expect(counts).toEqual({ opened: 1, closed: 0, compiled: 4 });
      context.dispose();
    });

    it('leaves no tensors behind, closed before it has opened, while it opens, or twice', async () => {
      await tf.setBackend('cpu');
      const before = tf.memory().numTensors;
      const { engine: counted, counts } = counting(engine);
      const context = passContext({ splits, engine: counted });
      context.dispose();
      expect(counts).toMatchObject({ opened: 0, closed: 0 });
      const asked = context.outputs(model).catch(() => {});
      context.dispose();
      context.dispose();
      await asked;
      expect(counts).toMatchObject({ opened: 1, closed: 1 });
      await context.outputs(model);
      await context.evaluate(model);
      context.dispose();
      await vi.waitFor(() => expect(counts).toMatchObject({ opened: 2, closed: 2 }));
      expect(tf.memory().numTensors).toBe(before);
    });
  });

  it.each<[unknown, string]>([
    [undefined, 'options'],
    [{ engine }, 'options.splits'],
    [{ dataset: 'glyphs', engine }, 'options.splits'],
    [{ dataset }, 'options.engine'],
    [{ dataset, engine, examples: 0 }, 'options.examples'],
    [{ dataset, engine, batchSize: 1.5 }, 'options.batchSize'],
  ])('refuses %j: CORE_INVALID_ARGUMENT', (options, argument) => {
    const make = (): unknown => passContext(options as never);
    expect(make).toThrow(expect.objectContaining({ code: 'CORE_INVALID_ARGUMENT' }));
    expect(make).toThrow(`argument '${argument}'`);
  });

  it.each([0, -1, Number.NaN, Infinity])('refuses to train for %s epochs', async (epochs) => {
    const tune = passContext({ splits, engine }).fineTune?.(model, { epochs });
    await expect(tune).rejects.toThrow("argument 'how.epochs': expected a number above 0");
  });
});
