// Convolutions in blocks of channels. Which block the processor's kernels have is asked of onnxruntime itself: of wrong
// ones it takes filters without an error. Where there are no such kernels, nothing is lowered to them.
import { describe, expect, it } from 'vitest';
import { interpret } from '../src/interpret/interpret.ts';
import type { Graph } from '../src/ir/graph.ts';
import { lower } from '../src/lower/lower.ts';
import { draft, expectSame, type Draft } from './lower-cases.ts';
import { runModel } from './run-model.ts';

const BLOCKED = 'com.microsoft.nchwc';

interface Correlation {
  readonly channels: number;
  readonly features: number;
  readonly size: number;
  readonly dilation?: number;
  readonly strides?: readonly [number, number];
}

/** A correlation of a 7 × 9 image, padded to its size, with a bias. */
const correlation = ({
  channels,
  features,
  size,
  dilation = 1,
  strides = [1, 1],
}: Correlation): [Draft, Graph] => {
  const d = draft(5);
  const border = ((size - 1) / 2) * dilation;
  const conv = d.b.make({
    kind: 'crossCorrelation',
    operands: [
      d.float([1, channels, 7, 9], { least: -1, most: 1 }),
      d.float([features, channels, size, size], { least: -1, most: 1 }),
    ],
    strides,
    dilations: [dilation, dilation],
    before: [border, border],
    after: [border, border],
  });
  return [d, { inputs: d.inputs, outputs: { y: d.b.binary('add', conv, d.float([features, 1, 1])) } }];
};

const agrees = async (each: Correlation, channelBlock: number): Promise<boolean> => {
  const [{ arrays }, graph] = correlation(each);
  const expected = interpret(graph, arrays)['y']?.data ?? [];
  const actual = (await runModel(lower(graph, { channelBlock }), arrays))['y']?.data;
  return Array.from(expected).every((value, i) => Math.abs((actual?.[i] ?? NaN) - value) < 1e-3);
};

/** The block of this processor: that of the two with which a small correlation comes out right, or none. */
const blockHere = async (): Promise<number | undefined> => {
  for (const block of [16, 8]) {
    if (await agrees({ channels: 32, features: 32, size: 3 }, block).catch(() => false)) return block;
  }
  return undefined;
};

const operatorsOf = (each: Correlation, channelBlock: number): string[] =>
  lower(correlation(each)[1], { channelBlock })
    .nodes.filter(({ domain }) => domain === BLOCKED)
    .map(({ operator }) => operator);

describe('blocks of channels', async () => {
  const block = await blockHere();

  it.runIf(block !== undefined).each<Correlation>([
    { channels: 32, features: 32, size: 3 },
    { channels: 16, features: 64, size: 3 },
    { channels: 64, features: 32, size: 1 },
    { channels: 32, features: 64, size: 3, dilation: 2 },
    { channels: 48, features: 32, size: 5 },
    { channels: 32, features: 32, size: 3, strides: [2, 1] },
    { channels: 32, features: 32, size: 3, strides: [3, 2] },
  ])('give what the interpreter gives: %o', async (each) => {
    const [{ arrays }, graph] = correlation(each);
    const model = lower(graph, { channelBlock: block ?? 1 });
    expect(model.operatorSets).toContainEqual({ domain: BLOCKED, version: 1 });
    expectSame(await runModel(model, arrays), interpret(graph, arrays));
  });

  it.each([8, 16])('of %i hold whole blocks on both sides only', (size) => {
    const operators = ['ReorderInput', 'Conv', 'ReorderOutput'];
    expect(operatorsOf({ channels: 2 * size, features: 4 * size, size: 3 }, size)).toEqual(operators);
    expect(operatorsOf({ channels: 2 * size, features: 2 * size + 1, size: 3 }, size)).toEqual([]);
    expect(operatorsOf({ channels: 2 * size + 4, features: 2 * size, size: 3 }, size)).toEqual([]);
    expect(operatorsOf({ channels: 1, features: 4 * size, size: 3 }, size)).toEqual([]);
  });

  it('are not used unless they are asked for', async () => {
    const each = { channels: 32, features: 32, size: 3 };
    expect(operatorsOf(each, 1)).toEqual([]);
    expect(lower(correlation(each)[1]).operatorSets).toEqual([{ domain: '', version: 18 }]);
    expect(await agrees(each, 1)).toBe(true);
  });
});
