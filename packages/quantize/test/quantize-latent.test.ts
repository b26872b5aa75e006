// Latents in fewer bits: what the pass chooses, and that bundles keep it bit for bit.
import fc from 'fast-check';
import { passLaws } from '@mapping-networks/conformance';
import {
  createRegistry,
  decodeBundle,
  encodeBundle,
  float32,
  hadamard,
  mapping,
  modelFingerprint,
  modelMap,
  type Model,
  type PassContext,
} from '@mapping-networks/core';
import { quantizeLatent, type QuantizeLatentOptions } from '@mapping-networks/quantize';
import { mlp } from '@mapping-networks/targets';
import { describe, expect, it, test } from 'vitest';

const parts = { target: mlp({ hidden: [4] }), parameterization: mapping({ latentDim: 24 }) };
const model: Model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
const registry = createRegistry([mlp, mapping, hadamard]);
const context: PassContext = {
  evaluate: () => Promise.resolve({ loss: 0 }),
  outputs: () => Promise.resolve(float32(new Float32Array(10), [1, 10])),
};

const withLatent = (values: Float32Array): Model => ({ ...model, trainables: { z: float32(values) } });
const quantized = async (from: Model, options: Partial<QuantizeLatentOptions>): Promise<Model> =>
  (await quantizeLatent(options).impl.apply(from, context)).model;
const latent = ({ trainables }: Model): Float32Array => trainables['z']?.data as Float32Array;

const values = fc
  .array(fc.oneof(fc.constant(0), fc.constant(-0), fc.float({ noNaN: true, min: -8, max: 8 })), {
    minLength: 24,
    maxLength: 24,
  })
  .map((all) => Float32Array.from(all));
const options: fc.Arbitrary<Partial<QuantizeLatentOptions>> = fc.oneof(
  fc.record({ type: fc.constantFrom('float16' as const, 'bfloat16' as const) }),
  fc.record(
    {
      type: fc.constantFrom('int8' as const, 'int4' as const),
      block: fc.integer({ min: 1, max: 30 }),
      range: fc.constantFrom('minMax' as const, 'mse' as const),
    },
    { requiredKeys: ['type'] },
  ),
);

describe.each([quantizeLatent(), quantizeLatent({ type: 'int4', block: 7 })])('%o', (pass) => {
  for (const { name, check } of passLaws(pass)) test(name, check);
  for (const { name, check } of passLaws(pass, { model, plugins: [mlp, mapping, hadamard] }))
    test(`of a mapping: ${name}`, check);
});

describe('quantizeLatent', () => {
  it('gives latents that bundles keep, bit for bit', async () => {
    await fc.assert(
      fc.asyncProperty(values, options, async (z, how) => {
        const small = await quantized(withLatent(z), how);
        const again = decodeBundle(encodeBundle(small), registry);
        expect(latent(again).every((value, i) => Object.is(value, latent(small)[i]))).toBe(true);
        expect(again.encoding).toEqual(small.encoding);
        expect(modelFingerprint(again)).toBe(modelFingerprint(small));
        expect(encodeBundle(again)).toEqual(encodeBundle(small));
      }),
      { numRuns: 200 },
    );
  });

  it('changes nothing the second time', async () => {
    await fc.assert(
      fc.asyncProperty(values, options, async (z, how) => {
        const once = await quantized(withLatent(z), how);
        const twice = await quantized(once, how);
        expect(latent(twice).every((value, i) => Object.is(value, latent(once)[i]))).toBe(true);
      }),
    );
  });

  it('is within half a step of minMax, block by block', async () => {
    await fc.assert(
      fc.asyncProperty(values, fc.constantFrom(5, 24), async (z, block) => {
        const small = await quantized(withLatent(z), { type: 'int8', block, range: 'minMax' });
        const encoding = small.encoding?.['z'];
        if (encoding === undefined || !('scales' in encoding)) throw new Error('no scales');
        expect(encoding.scales).toHaveLength(Math.ceil(24 / block));
        z.forEach((value, i) => {
          const scale = encoding.scales[Math.floor(i / block)] ?? 0;
          expect(Math.abs((latent(small)[i] ?? 0) - value)).toBeLessThanOrEqual(0.50001 * scale);
        });
      }),
    );
  });

  it('makes bundles as small as it says', async () => {
    const large = { target: mlp(), parameterization: mapping({ latentDim: 2048 }) };
    const trained: Model = { ...large, trainables: modelMap(large).init(0), buffers: {} };
    const bytesOf = async (how: Partial<QuantizeLatentOptions>): Promise<number> =>
      encodeBundle(await quantized(trained, how))['latent.safetensors'].length;
    const header = 200;
    expect(encodeBundle(trained)['latent.safetensors'].length).toBeGreaterThan(8192);
    expect(await bytesOf({ type: 'float16' })).toBeLessThan(4096 + header);
    expect(await bytesOf({ type: 'int8' })).toBeLessThan(2048 + 4 + header);
    expect(await bytesOf({ type: 'int4' })).toBeLessThan(1024 + 4 + header);
    expect(await bytesOf({ type: 'int4', block: 64 })).toBeLessThan(1024 + 4 * 32 + header);
  });

  it('says what it did', async () => {
    const { model: small, details } = await quantizeLatent({ type: 'int4', block: 10 }).impl.apply(
      model,
      context,
    );
    const worst = Math.max(...latent(model).map((value, i) => Math.abs(value - (latent(small)[i] ?? 0))));
    expect(details).toEqual({ numbers: 24, scales: 3, 'worst |Δz|': expect.closeTo(worst, 6) });
    expect(worst).toBeGreaterThan(0.01);
    expect(() => quantizeLatent({ block: 0 })).toThrow(/a whole number of 1 to 2\^20/);
    await expect(quantizeLatent().impl.apply({} as Model, context)).rejects.toThrow(/a model/);
  });

  it('leaves scores behind that are no longer true', async () => {
    expect(await quantized({ ...model, metrics: { 'test.accuracy': 1 } }, {})).not.toHaveProperty('metrics');
  });

  it.each([Number.NaN, Infinity])(
    'refuses %d, which codes would hide: QUANTIZE_NOT_FINITE',
    async (value) => {
      const run = quantized(withLatent(new Float32Array(24).fill(value, 23)), { type: 'float16' });
      await expect(run).rejects.toMatchObject({ code: 'QUANTIZE_NOT_FINITE' });
    },
  );

  it('must be the last pass', async () => {
    const small = await quantized(model, { type: 'int8' });
    const moved = { ...small, trainables: { z: float32(latent(small).map((value) => value + 0.001)) } };
    expect(() => encodeBundle(moved)).toThrow(expect.objectContaining({ code: 'CORE_OFF_GRID' }));
    const { encoding: _, ...free } = moved;
    expect(latent(decodeBundle(encodeBundle(free), registry))).toEqual(latent(moved));
  });
});
