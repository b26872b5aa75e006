// Each law of targets is broken once, on purpose.
import { targetLaws } from '@mapping-networks/conformance';
import { kernel, parameterSpace, type NamedTensors, type Part, type Target } from '@mapping-networks/core';
import { cnnBn, mlp } from '@mapping-networks/targets';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, test } from 'vitest';
import { expectBroken } from './broken/names.ts';

beforeAll(() => tf.setBackend('cpu'));

const plain = mlp({ inputShape: [4, 4, 1] });
const whole = cnnBn({ inputShape: [8, 8, 1], dropout: 0.5 });

const changed = (part: Part<'target'>, change: Partial<Target>): Part<'target'> => ({
  ...part,
  impl: { ...part.impl, ...change },
});

/** The part with its output changed. */
const output = (
  part: Part<'target'>,
  change: (output: tf.Tensor, x: tf.Tensor, training: boolean) => tf.Tensor,
): Part<'target'> =>
  changed(part, {
    apply: (parameters, buffers, x, context) => {
      const result = part.impl.apply(parameters, buffers, x, context);
      return { ...result, output: change(result.output, x, context.training) };
    },
  });

const buffers = (
  part: Part<'target'>,
  change: (after: NamedTensors, before: NamedTensors) => NamedTensors,
): Part<'target'> =>
  changed(part, {
    apply: (parameters, before, x, context) => {
      const result = part.impl.apply(parameters, before, x, context);
      return { ...result, buffers: change(result.buffers, before) };
    },
  });

const first = plain.impl.parameters.parameters[0];
let calls = 0;

const faults: readonly (readonly [string, Part<'target'>, string])[] = [
  [
    'a size that is not the sum',
    changed(plain, { parameters: { ...plain.impl.parameters, size: 7 } }),
    'the sum of the parameters',
  ],
  ['half an input', changed(plain, { inputShape: [4, 4.5, 1] }), 'shapes are whole'],
  ['a rate of 1', changed(plain, { masks: [{ name: 'm', shape: [2], rate: 1 }] }), 'rates lie in'],
  [
    'a mask named twice',
    changed(whole, { masks: [...whole.impl.masks, ...whole.impl.masks] }),
    'names of their own',
  ],
  ['another output shape', changed(plain, { outputShape: [7] }), 'the output is'],
  ['NaN', output(plain, (y) => tf.mul(y, Number.NaN)), 'the output is'],
  ['a lost buffer', buffers(whole, () => ({})), 'all buffers come back'],
  ['state', output(plain, (y) => tf.add(y, calls++)), 'the same output'],
  [
    'buffers that change in evaluation',
    buffers(whole, (after) => mapped(after, (value) => tf.add(value, 1))),
    'out of training buffers stay',
  ],
  [
    'examples that see each other',
    output(plain, (y) => tf.sub(y, tf.mean(y, 0, true))),
    'do not see each other',
  ],
  ['buffers that training forgets', buffers(whole, (_after, before) => before), 'training updates buffers'],
  [
    'masks that are ignored',
    changed(whole, {
      apply: (p, b, x, context) => whole.impl.apply(p, b, x, { ...context, training: false }),
    }),
    'training applies the masks',
  ],
  [
    'another network in training',
    output(plain, (y, _x, training) => (training ? tf.mul(y, 2) : y)),
    'training computes what evaluation does',
  ],
  ['a kept tensor', output(plain, (y) => tf.keep(y)), 'no tensor is kept'],
  [
    'a wrong gradient',
    output(plain, (y) => tf.add(y, wrongGradient(y))),
    'gradient in the parameters meets finite differences, out of',
  ],
  [
    'a wrong gradient in training',
    output(plain, (y, _x, training) => (training ? wrongGradient(y) : y)),
    'gradient in the parameters meets finite differences, in',
  ],
  [
    'a wrong gradient in the input',
    output(plain, (y, x) => tf.add(y, tf.sum(wrongGradient(x)))),
    'gradient in the input',
  ],
  [
    'a parameter without use',
    changed(plain, {
      parameters: parameterSpace([...plain.impl.parameters.parameters, kernel('idle', [2, 2])]),
    }),
    'every parameter has an effect',
  ],
];

const mapped = (tensors: NamedTensors, change: (tensor: tf.Tensor) => tf.Tensor): NamedTensors =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, change(tensor)]));

/** The value with minus its gradient. */
const wrongGradient = (x: tf.Tensor): tf.Tensor =>
  tf.customGrad((value) => ({
    value: tf.clone(value as tf.Tensor),
    gradFunc: (dy: tf.Tensor) => tf.neg(dy),
  }))(x);

describe('the suite rejects', () => {
  test.each(faults)('%s', async (_name, part, fragment) => {
    await expectBroken(targetLaws(part), fragment);
  });

  test('another parameter count than the literature’s', async () => {
    await expectBroken(targetLaws(plain, { parameterCount: (first?.size ?? 0) + 1 }), 'the target has');
  });
});
