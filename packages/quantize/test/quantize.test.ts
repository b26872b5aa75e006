// The pass: all laws of passes, what it makes of a network, and what it refuses.
import { passLaws } from '@mapping-networks/conformance';
import {
  float32,
  hadamard,
  mapping,
  modelMap,
  modelTheta,
  type Model,
  type Parameterization,
  type Part,
  type PassContext,
} from '@mapping-networks/core';
import { fakeQuantized, quantize } from '@mapping-networks/quantize';
import { mlp } from '@mapping-networks/targets';
import { describe, expect, it, test } from 'vitest';

const parts = { target: mlp({ hidden: [6] }), parameterization: mapping({ latentDim: 24 }) };
const model: Model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
const context: PassContext = {
  evaluate: () => Promise.resolve({ loss: 0 }),
  outputs: () => Promise.resolve(float32(new Float32Array(10), [1, 10])),
};

const plugins = [fakeQuantized, mlp, mapping, hadamard];

describe.each([quantize(), quantize({ type: 'int4', range: 'mse', fineTune: { epochs: 1 } })])(
  '%o',
  (pass) => {
    for (const { name, check } of passLaws(pass, { plugins: [fakeQuantized] })) test(name, check);
    for (const { name, check } of passLaws(pass, { plugins, model })) test(`of a mapping: ${name}`, check);
  },
);

describe('quantize', () => {
  it('wraps the map and leaves the latent', async () => {
    const { model: quantized, details } = await quantize().impl.apply(model, context);
    expect(quantized.trainables).toBe(model.trainables);
    expect(quantized.parameterization).toMatchObject({ name: 'fakeQuantized', options: { type: 'int8' } });
    expect(details).toEqual({ 'rounded tensors': 2, scales: 16 });
    expect(modelTheta(quantized)).not.toEqual(modelTheta(model));
  });

  it('leaves scores behind that are no longer true', async () => {
    const scored: Model = { ...model, metrics: { 'test.accuracy': 1 } };
    expect((await quantize().impl.apply(scored, context)).model).not.toHaveProperty('metrics');
  });

  it('replaces what it did before, from the weights themselves', async () => {
    const int4 = await quantize({ type: 'int4' }).impl.apply(model, context);
    const int8 = await quantize({ type: 'int8' }).impl.apply(int4.model, context);
    const direct8 = await quantize({ type: 'int8' }).impl.apply(model, context);
    expect(modelTheta(int8.model)).toEqual(modelTheta(direct8.model));
    expect(int8.model.parameterization.options).toEqual(direct8.model.parameterization.options);
    const again = await quantize({ type: 'int8' }).impl.apply(int8.model, context);
    expect(modelTheta(again.model)).toEqual(modelTheta(int8.model));
  });

  it('hands constants on to the inner map, when it is replaced too', async () => {
    // A map with a mask for all of θ.
    const inner: Parameterization = {
      learningRate: 0.1,
      constants: (space) => [{ name: 'mask', shape: [space.size], dtype: 'float32' }],
      bind: (space, constants) => {
        const map = parts.parameterization.impl.bind(space);
        const mask = constants?.['mask']?.data;
        return {
          ...map,
          generate: (z) => map.generate(z).map((value, i) => value * (mask?.[i] ?? Number.NaN)),
        };
      },
    };
    const parameterization: Part<'parameterization'> = { ...parts.parameterization, impl: inner };
    const { size } = parts.target.impl.parameters;
    const mask = Float32Array.from({ length: size }, (_, i) => i % 2);
    const masked: Model = { ...model, parameterization, constants: { mask: float32(mask) } };
    const once = await quantize().impl.apply(masked, context);
    const twice = await quantize({ type: 'float16', bias: true }).impl.apply(once.model, context);
    for (const { model: quantized } of [once, twice]) {
      expect(Object.keys(quantized.constants ?? {})).toEqual(['inner/mask']);
      expect(quantized.parameterization.impl.constants?.(parts.target.impl.parameters)).toEqual([
        { name: 'inner/mask', shape: [size], dtype: 'float32' },
      ]);
      modelTheta(quantized).forEach((value, i) => {
        if (i % 2 === 0) expect(value).toBeCloseTo(0, 12);
      });
    }
  });

  it('trains on through the rounding, where it is asked to', async () => {
    const asked: unknown[] = [];
    const trains: PassContext = {
      ...context,
      fineTune: (given, how) => {
        asked.push([given.parameterization.name, how]);
        return Promise.resolve(given);
      },
    };
    await quantize({ fineTune: { epochs: 0.5, learningRate: 0.01 } }).impl.apply(model, trains);
    expect(asked).toEqual([['fakeQuantized', { epochs: 0.5, learningRate: 0.01 }]]);
  });

  it.each([Number.NaN, -Infinity])(
    'refuses %d, which codes would hide: QUANTIZE_NOT_FINITE',
    async (value) => {
      const broken: Model = { ...model, trainables: { z: float32(new Float32Array(24).fill(value, 5, 6)) } };
      for (const type of ['int8', 'float16'] as const) {
        const run = quantize({ type }).impl.apply(broken, context);
        await expect(run).rejects.toMatchObject({ code: 'QUANTIZE_NOT_FINITE' });
        await expect(run).rejects.toThrow(`Trainable 'z' holds ${value}`);
      }
    },
  );

  it('says what it cannot do', async () => {
    const alone = quantize({ fineTune: { epochs: 1 } }).impl.apply(model, context);
    await expect(alone).rejects.toMatchObject({ code: 'QUANTIZE_CANNOT_FINE_TUNE' });
    const inner = fakeQuantized({ inner: parts.parameterization, type: 'float16' });
    const nested: Model = { ...model, parameterization: { ...inner, name: 'other' } };
    await expect(quantize().impl.apply(nested, context)).rejects.toMatchObject({
      code: 'QUANTIZE_ALREADY_ROUNDED',
    });
    expect(() => fakeQuantized({ inner }).impl.bind(parts.target.impl.parameters)).toThrow(/not rounded yet/);
    expect(() => quantize({ type: 'int2' as 'int8' })).toThrow(/int8.*int4.*float16.*bfloat16/);
  });
});
