// What passes are given: scores and outputs of the validation split, training on the training split, repeatable.
import {
  alignment,
  applyPasses,
  cpu,
  evaluate,
  glyphs,
  mapping,
  mappingLoss,
  crossEntropy,
  mlp,
  modelFingerprint,
  modelMap,
  passContext,
  predict,
  smoothness,
  type DatasetSplits,
  type Model,
  type Part,
} from 'mapping-networks';
import { beforeAll, describe, expect, it } from 'vitest';

const dataset = glyphs({ train: 256, validation: 64, test: 64 });
const engine = cpu();
const parts = { target: mlp({ hidden: [16] }), parameterization: mapping({ latentDim: 48 }) };
const model: Model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
let splits: DatasetSplits;

beforeAll(async () => {
  splits = await dataset.impl.load();
});

describe('passContext', () => {
  it('scores the validation split, and asks for outputs of its first examples', async () => {
    const context = passContext({ splits, engine, examples: 5 });
    expect(await context.evaluate(model)).toEqual(
      await evaluate({ model, split: splits.validation, loss: crossEntropy(), engine }),
    );
    const outputs = await context.outputs(model);
    const { x } = splits.validation.batch([0, 1, 2, 3, 4]);
    expect(outputs.shape).toEqual([5, 10]);
    expect(outputs.data).toEqual((await predict({ model, inputs: x, engine })).outputs);
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
      await evaluate({ model, split: splits.train, loss: crossEntropy(), engine }),
    );
    await context.outputs(model);
    expect(lines).toEqual(['The dataset has no validation examples: scores are of 256 training examples.']);
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
