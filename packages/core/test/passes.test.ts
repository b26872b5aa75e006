// Passes one after the other: what is reported is measured, what comes out is a network, nothing given is changed.
import {
  applyPasses,
  decodeBundle,
  createRegistry,
  direct,
  encodeBundle,
  float32,
  modelSize,
  modelTheta,
  type Model,
  type Part,
  type PassStage,
} from '@mapping-networks/core';
import { describe, expect, it } from 'vitest';
import {
  context,
  halve,
  mapped,
  network,
  tinyPass,
  twoLayers,
  withFormats,
  zeroNine,
} from './support/tiny-passes.ts';

describe('applyPasses', () => {
  it('runs passes in their order and reports what each did', async () => {
    const before = modelTheta(network);
    const { model, reports, warnings } = await applyPasses(
      network,
      [zeroNine, halve('quantizeWeights')],
      context,
    );
    expect(reports.map(({ pass }) => pass)).toEqual([
      { use: 'zeroNine', strength: 1 },
      { use: 'halve-quantizeWeights', strength: 1 },
    ]);
    const [first, second] = reports;
    expect(first?.before).toMatchObject({ parameters: 23, nonzero: 23, sparsity: 0, trainables: 23 });
    expect(first?.after).toMatchObject({ parameters: 23, nonzero: 14, sparsity: 1 - 14 / 23 });
    expect(first?.details).toEqual({ zeroed: 9 });
    const nine = Array.from(before.subarray(0, 9), Math.abs);
    expect(first?.weights?.worst).toBe(Math.max(...nine));
    expect(first?.weights?.mean).toBeCloseTo(nine.reduce((sum, value) => sum + value) / 23, 12);
    expect(first?.outputs.worst).toBe(Math.max(...nine.slice(0, 6)));
    expect(first?.before.validation).toEqual({ loss: before.reduce((sum, value) => sum + value, 0) });
    expect(second?.before).toEqual(first?.after);
    expect(second?.details).toEqual({});
    expect(second?.seconds).toBeGreaterThanOrEqual(0);
    expect([...modelTheta(model)]).toEqual(Array.from(before, (value, i) => (i < 9 ? 0 : value / 2)));
    expect(warnings).toEqual([]);
  });

  it('changes nothing of the model it gets, and hands on no scores of another network', async () => {
    const bits = encodeBundle(network);
    const { model } = await applyPasses(network, [zeroNine], context);
    expect(encodeBundle(network)).toEqual(bits);
    expect(network.metrics).toEqual({ 'test.accuracy': 1 });
    expect(model).not.toHaveProperty('metrics');
    const again = decodeBundle(encodeBundle(model), createRegistry([twoLayers, direct]));
    expect([...modelTheta(again)]).toEqual([...modelTheta(model)]);
  });

  it('of no passes is the model itself', async () => {
    const { model, reports } = await applyPasses(network, [], context);
    expect([model, reports]).toEqual([network, []]);
  });

  it('gives a pass the context, to judge its work and to train on', async () => {
    const asked: unknown[] = [];
    const curious = tinyPass('curious', async (model, given) => {
      asked.push(await given.evaluate(model), given.fineTune);
      return { model: (await given.fineTune?.(model, { epochs: 1 })) ?? model };
    });
    const tuned = { ...network, trainables: mapped(network.trainables, (value) => value + 1) };
    const fineTune = (): Promise<Model> => Promise.resolve(tuned);
    const { model } = await applyPasses(network, [curious], { ...context, fineTune });
    expect(asked).toEqual([await context.evaluate(network), fineTune]);
    expect(modelTheta(model)).toEqual(modelTheta(tuned));
  });

  it('tells no change of weights where the target has others', async () => {
    const target = twoLayers({ inputs: 4, hidden: 2, outputs: 2 });
    const smaller = tinyPass('smaller', (model) => ({
      model: { ...model, target, trainables: direct().impl.bind(target.impl.parameters).init(3) },
    }));
    const { reports } = await applyPasses(network, [smaller], context);
    expect(reports[0]).not.toHaveProperty('weights');
    expect(reports[0]?.after.parameters).toBe(16);
    expect(reports[0]?.outputs.worst).toBeGreaterThan(0);
  });
});

describe('the order of passes', () => {
  const stages: readonly PassStage[] = ['factorize', 'prune', 'quantizeWeights', 'quantizeLatent'];
  const pairs = stages.flatMap((one, i) => stages.map((other, j) => [one, other, i <= j] as const));

  it.each(pairs)('%s, then %s: right is %s', async (one, other, right) => {
    const { warnings, model } = await applyPasses(network, [halve(one), halve(other)], context);
    expect(warnings.map(({ code }) => code)).toEqual(right ? [] : ['CORE_PASS_ORDER']);
    expect(modelTheta(model)[0]).toBe((modelTheta(network)[0] ?? 0) / 4);
    if (!right) expect(warnings[0]?.message).toContain(`Put 'halve-${other}' before 'halve-${one}'`);
  });
});

describe('CORE_PASS_GREW', () => {
  it('is said of a pass after which the weights take more bytes', async () => {
    const halves = withFormats({ 'fc1.kernel': { type: 'float16' } });
    const whole = tinyPass('whole', (model) => ({ model: { ...model, parameterization: direct() } }));
    const { warnings, reports } = await applyPasses(network, [halves, whole], context);
    const [before, after] = reports.map((each) => each.after.weightBytes);
    expect([before, after]).toEqual([92 - 24, 92]);
    expect(warnings.filter(({ code }) => code === 'CORE_PASS_GREW').map(({ message }) => message)).toEqual([
      expect.stringContaining("after pass 'whole' the weights take 92 bytes instead of 68"),
    ]);
  });
});

const onGrid = tinyPass('onGrid', (model) => ({
  model: {
    ...model,
    trainables: mapped(model.trainables, (value) => Math.round(8 * value) / 8),
    encoding: Object.fromEntries(
      Object.keys(model.trainables).map((name) => [name, { type: 'int8', scales: Float32Array.of(0.125) }]),
    ),
  },
}));

describe('the order of passes of several calls', () => {
  const after = async (earlier: Part<'pass'>, stage: PassStage): Promise<readonly string[]> => {
    const { model } = await applyPasses(network, [earlier], context);
    return (await applyPasses(model, [halve(stage)], context)).warnings.map(({ message }) => message);
  };

  it('is told by a network whose weights are in fewer bits', async () => {
    const formatted = withFormats({ 'fc1.kernel': { type: 'float16' } });
    expect(await after(formatted, 'prune')).toEqual([
      expect.stringContaining("pass 'halve-prune' comes after the weights were quantized: the scales"),
    ]);
    expect(await after(formatted, 'quantizeWeights')).toEqual([]);
  });

  it('is told by a network whose latent lies on a grid', async () => {
    expect(await after(onGrid, 'quantizeWeights')).toEqual([
      expect.stringContaining("'halve-quantizeWeights' comes after the latent was quantized: what changes"),
    ]);
    expect(await after(onGrid, 'quantizeLatent')).toEqual([]);
    expect(await after(zeroNine, 'factorize')).toEqual([]);
  });
});

describe('trainables on a grid', () => {
  it('are stored in their codes', async () => {
    const { reports, model } = await applyPasses(network, [onGrid, zeroNine], context);
    expect(Object.keys(model.encoding ?? {})).toEqual(['fc1.bias', 'fc2.kernel', 'fc2.bias']);
    const [first] = reports;
    expect(first?.after.bundleBytes).not.toBe(first?.before.bundleBytes);
  });

  it('are floats again after a pass that moves them, whatever it says', async () => {
    const { model, warnings } = await applyPasses(network, [onGrid, halve()], context);
    expect(model).not.toHaveProperty('encoding');
    expect(warnings).toEqual([]);
    const first = network.trainables['fc1.kernel']?.data[0] ?? 0;
    expect(model.trainables['fc1.kernel']?.data[0]).toBe(Math.round(8 * first) / 16);
  });
});

describe('modelSize', () => {
  const bytesOf = async (formats: Parameters<typeof withFormats>[0], zeros = false): Promise<number> => {
    const { model } = await applyPasses(
      network,
      [...(zeros ? [zeroNine] : []), withFormats(formats)],
      context,
    );
    return modelSize(model).weightBytes;
  };
  const grid = (type: 'int8' | 'int4', size: number, scales: number, zeroPoint = 0) => ({
    type,
    codes: new Int8Array(size),
    scales: new Float32Array(scales).fill(1),
    zeroPoints: new Int32Array(scales).fill(zeroPoint),
  });

  it('counts float32 weights, or nonzero ones and a bitmap, where that is less', async () => {
    expect(modelSize(network).weightBytes).toBe(23 * 4);
    expect(await bytesOf({}, true)).toBe(3 * 4 + 2 + 11 * 4);
  });

  it.each([
    [{ 'fc1.kernel': { type: 'float16' } as const }, 24],
    [{ 'fc1.kernel': { type: 'bfloat16' } as const }, 24],
    [{ 'fc1.kernel': grid('int8', 12, 1) }, 12 + 4],
    [{ 'fc1.kernel': grid('int8', 12, 3) }, 12 + 12],
    [{ 'fc1.kernel': grid('int8', 12, 3, -7) }, 12 + 12 + 3],
    [{ 'fc1.kernel': grid('int4', 12, 1) }, 6 + 4],
  ])('counts a format: %j', async (formats, bytes) => {
    expect(await bytesOf(formats)).toBe(bytes + 11 * 4);
  });

  it('counts a format of nonzero weights: 3 of 12 int4 codes are two bytes, beside two of bitmap', async () => {
    expect(await bytesOf({ 'fc1.kernel': grid('int4', 12, 1) }, true)).toBe(2 + 2 + 4 + 11 * 4);
  });

  it('counts the bytes of both files of the bundle', () => {
    const files = encodeBundle(network);
    const config = Buffer.byteLength(files['config.json']);
    expect(modelSize(network).bundleBytes).toBe(files['latent.safetensors'].length + config);
  });
});

describe('what a pass should not return', () => {
  const broken = (change: (model: Model) => unknown) =>
    applyPasses(network, [tinyPass('broken', (model) => ({ model: change(model) as Model }))], context);

  it('weights that are not finite: CORE_PASS_NON_FINITE', async () => {
    const nan = broken((model) => ({ ...model, trainables: mapped(model.trainables, () => Number.NaN) }));
    await expect(nan).rejects.toMatchObject({ code: 'CORE_PASS_NON_FINITE' });
    await expect(nan).rejects.toThrow("After pass 'broken', trainables 'fc1.kernel' of the network hold NaN");
    const overflow = broken((model) => {
      const inner = direct().impl;
      const bind: typeof inner.bind = (space) => ({
        ...inner.bind(space),
        generate: (trainables) => inner.bind(space).generate(trainables).fill(Infinity, 15, 16),
      });
      const parameterization = { ...model.parameterization, impl: { ...inner, bind } };
      return { ...model, parameterization };
    });
    await expect(overflow).rejects.toThrow(
      "After pass 'broken', weights 'fc2.kernel' of the network hold Inf",
    );
  });

  it('outputs that are not finite, from the network given: CORE_PASS_NON_FINITE', async () => {
    const outputs = async () => float32(Float32Array.of(1, Number.NaN), [1, 2]);
    const run = applyPasses(network, [zeroNine], { ...context, outputs });
    await expect(run).rejects.toMatchObject({ code: 'CORE_PASS_NON_FINITE' });
    await expect(run).rejects.toThrow('Before any pass, outputs of the network hold NaN');
  });

  it.each<[string, (model: Model) => unknown, string]>([
    ['nothing', () => undefined, 'no model, with a target and a parameterization'],
    [
      'a network for other inputs',
      (model) => ({ ...model, target: twoLayers({ inputs: 5, hidden: 3, outputs: 2 }) }),
      'a network for inputs [5] instead of [4]',
    ],
    [
      'a network with other outputs',
      (model) => ({ ...model, target: twoLayers({ inputs: 4, hidden: 3, outputs: 3 }) }),
      'a network with outputs [3] instead of [2]',
    ],
    [
      'a target whose weights it did not make',
      (model) => ({ ...model, target: twoLayers({ inputs: 4, hidden: 2, outputs: 2 }) }),
      "trainables without 'fc1.kernel' as float32 [4, 2]",
    ],
    [
      'arrays too many',
      (model) => ({ ...model, buffers: { more: float32(new Float32Array(1)) } }),
      "buffers with 'more', which its parts do not name",
    ],
    [
      'constants that no part names',
      (model) => ({ ...model, constants: { mask: float32(new Float32Array(1)) } }),
      "constants with 'mask', which its parts do not name",
    ],
  ])('%s: CORE_PASS_OTHER_NETWORK', async (_name, change, flaw) => {
    const run = broken(change);
    await expect(run).rejects.toMatchObject({ code: 'CORE_PASS_OTHER_NETWORK' });
    await expect(run).rejects.toThrow(`Pass 'broken' returned ${flaw}.`);
  });

  it.each([
    [undefined, [], context, 'model'],
    [network, 'prune', context, 'passes'],
    [network, [direct()], context, 'passes'],
    [network, [], {}, 'context'],
    [network, [], undefined, 'context'],
  ])('wrong arguments: CORE_INVALID_ARGUMENT', async (model, passes, given, argument) => {
    const run = applyPasses(model as never, passes as never, given as never);
    await expect(run).rejects.toMatchObject({ code: 'CORE_INVALID_ARGUMENT' });
    await expect(run).rejects.toThrow(`argument '${argument}'`);
  });
});
