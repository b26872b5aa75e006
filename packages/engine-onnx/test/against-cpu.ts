// Examples through the real engine and through TensorFlow.js' cpu backend. Many examples are compiled as one step: a
// step costs tens of milliseconds to compile, an example almost nothing.
import type { EngineSession, NamedArrays, NamedTensors, Part } from '@mapping-networks/core';
import { cpu } from '@mapping-networks/engine-eager';
import { onnx } from '@mapping-networks/engine-onnx';
import * as tf from '@tensorflow/tfjs-core';
import type { Parameters } from 'fast-check';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Example } from '../../graph/test/kernels/example.ts';

export interface Engines {
  readonly onnx: EngineSession;
  readonly cpu: EngineSession;
}

/** Sessions for the tests of a file, on the contract's terms; closed with the file. */
export const openEngines = (part: Part<'engine'> = onnx({ threads: 1, worker: false })): (() => Engines) => {
  let engines: Engines;
  beforeAll(async () => {
    engines = { onnx: await part.impl.open(), cpu: await cpu().impl.open() };
  });
  afterAll(() => {
    engines.onnx.dispose();
    engines.cpu.dispose();
  });
  return () => engines;
};

const SEPARATOR = '|';

const merged = <T>(parts: readonly Readonly<Record<string, T>>[]): Record<string, T> =>
  Object.fromEntries(
    parts.flatMap((part, i) =>
      Object.entries(part).map(([name, value]) => [`${i}${SEPARATOR}${name}`, value] as const),
    ),
  );

const partOf = (named: NamedTensors, i: number): NamedTensors =>
  Object.fromEntries(
    Object.entries(named).flatMap(([name, tensor]) =>
      name.startsWith(`${i}${SEPARATOR}`) ? [[name.slice(`${i}${SEPARATOR}`.length), tensor] as const] : [],
    ),
  );

/** Truth values as numbers: the cpu engine gives no others back. */
const asNumbers = (tensor: tf.Tensor): tf.Tensor =>
  tensor.dtype === 'bool' ? tf.cast(tensor, 'int32') : tensor;

/** All examples as one. */
export const together = (examples: readonly Example[]): Example => ({
  arrays: merged(examples.map(({ arrays }) => arrays)),
  step: (inputs) => {
    const outputs = merged(examples.map(({ step }, i) => step(partOf(inputs, i))));
    return Object.fromEntries(Object.entries(outputs).map(([name, y]) => [name, asNumbers(y)]));
  },
});

/** What an engine makes of an example. */
export const computedBy = async (session: EngineSession, { arrays, step }: Example): Promise<NamedArrays> => {
  const inputs = Object.fromEntries(
    Object.entries(arrays).map(([name, { shape, dtype }]) => [name, { shape, dtype }]),
  );
  const compiled = session.compile(step, { frozen: {}, inputs });
  try {
    return await compiled.run(arrays);
  } finally {
    compiled.dispose();
  }
};

/** NaN and infinities have to be the same. */
const difference = (a: number, b: number): number => {
  if (Object.is(a, b) || a === b) return 0;
  return Number.isFinite(a) && Number.isFinite(b) ? Math.abs(a - b) : Infinity;
};

export interface Closeness {
  /** Relative; 1e-5 unless said otherwise. */
  readonly tolerance?: number;
  /** How large the numbers are that were added up: what is left of sums that cancel is rounding. Default 0.1. */
  readonly scale?: number;
}

/** The greatest difference of each array is at most `tolerance` times its greatest number. */
export const expectSameNumbers = (
  actual: NamedArrays,
  expected: NamedArrays,
  { tolerance = 1e-5, scale: least = 0.1 }: Closeness = {},
): void => {
  expect(Object.keys(actual)).toEqual(Object.keys(expected));
  for (const [name, { data, shape, dtype }] of Object.entries(expected)) {
    const got = actual[name];
    expect({ name, shape: got?.shape, dtype: got?.dtype }).toEqual({ name, shape, dtype });
    let [scale, worst] = [least, 0];
    data.forEach((value, i) => {
      if (Number.isFinite(value)) scale = Math.max(scale, Math.abs(value));
      worst = Math.max(worst, difference(value, got?.data[i] ?? Number.NaN));
    });
    expect(worst / scale, `${name}: ${worst} of ${scale}`).toBeLessThanOrEqual(tolerance);
  }
};

/** The engine and the cpu agree on all outputs of the examples. */
export const expectAgreement = async (
  engines: Engines,
  examples: readonly Example[],
  closeness: Closeness = {},
): Promise<void> => {
  const whole = together(examples);
  expectSameNumbers(await computedBy(engines.onnx, whole), await computedBy(engines.cpu, whole), closeness);
};

/** The same examples each time; ENGINE_RUNS=100 tries as many new ones. */
export const runs = (count: number): Parameters<unknown> => {
  const more = process.env['ENGINE_RUNS'];
  return more === undefined ? { numRuns: count, seed: 4 } : { numRuns: Number(more) };
};
