// The fixtures are targets like any other: all laws on small ones, the parameter counts of the whole ones. Normalised
// rectifiers have kinks everywhere, which finite differences of a small batch step over; `npm run bench -- --check`
// compares all gradients of the whole ones with PyTorch's in float64.
import { partLaws, targetLaws, type TargetLawOptions } from '@mapping-networks/conformance';
import type { AnyPlugin, Part } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { convStack } from '../src/fixtures/conv-stack.ts';
import { lstm } from '../src/fixtures/lstm.ts';

beforeAll(() => tf.setBackend('cpu'));

describe.each<[string, Part<'target'>, TargetLawOptions, AnyPlugin]>([
  ['convStack', convStack({ width: 2, blocks: 1, side: 16, classes: 3 }), {}, convStack],
  ['lstm', lstm({ steps: 5, features: 3, hidden: 4 }), {}, lstm],
])('%s', (_name, part, options, plugin) => {
  for (const { name, check } of targetLaws(part, options)) test(name, check);
  for (const { name, check } of partLaws(part, [plugin])) test(name, check);
});

test('ResNet-20 with projections has 272,474 parameters', () => {
  expect(convStack().impl.parameters.size).toBe(272_474);
});

test('torch.nn.LSTM(67, 32) with a linear head has 12,961 parameters', () => {
  expect(lstm().impl.parameters.size).toBe(12_961);
});
