// By which code each kind of broken law is told.
import {
  assertLaws,
  brokenLaws,
  law,
  lossLaws,
  metricLaws,
  parameterizationLaws,
  partLaws,
  type Law,
} from '@mapping-networks/conformance';
import {
  definePlugin,
  kernel,
  mapping,
  MappingNetworksError,
  parameterSpace,
  type Loss,
  type LossContext,
  type ParameterMap,
  type Part,
  type Plugin,
} from '@mapping-networks/core';
import { crossEntropy } from '@mapping-networks/losses';
import { accuracy } from '@mapping-networks/train';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

beforeAll(() => tf.setBackend('cpu'));

const task = crossEntropy();
const loss = (change: Partial<Loss>): Part<'loss'> => ({ ...task, impl: { ...task.impl, ...change } });

/** The loss whose total is changed. */
const total = (change: (total: tf.Scalar, context: LossContext) => tf.Tensor): Part<'loss'> =>
  loss({
    evaluate: (context) => {
      const value = task.impl.evaluate(context);
      return { ...value, total: change(value.total, context) as tf.Scalar };
    },
  });

const doubledGradient = (x: tf.Tensor): tf.Tensor =>
  tf.customGrad((value) => ({
    value: tf.clone(value as tf.Tensor),
    gradFunc: (dy: tf.Tensor) => tf.mul(dy, 2),
  }))(x);

const map = (change: (map: ParameterMap) => Partial<ParameterMap>): Part<'parameterization'> => {
  const part = mapping({ latentDim: 12 });
  return {
    ...part,
    impl: {
      ...part.impl,
      bind: (space) => {
        const bound = part.impl.bind(space);
        return { ...bound, ...change(bound) };
      },
    },
  };
};

/** Alignment moved by `by`, out of the cosine's range. */
const shifted = (by: number): Part<'parameterization'> =>
  map(({ regularizers }) => {
    const { alignment } = regularizers;
    if (alignment === undefined) throw new Error('expected a mapping to have alignment');
    const moved = {
      ...alignment,
      evaluate: (...args: Parameters<typeof alignment.evaluate>): tf.Scalar =>
        tf.add(alignment.evaluate(...args), by),
    };
    return { regularizers: { ...regularizers, alignment: moved } };
  });

const loose: Plugin<'schedule', 'loose', object, object> = definePlugin({
  kind: 'schedule',
  name: 'loose',
  summary: 'Takes any option.',
  options: z.looseObject({}),
  slots: {},
  create: () => ({ factor: () => 1 }),
});

const other = parameterSpace([kernel('other', [204, 1])]);
let calls = 0;

describe('a broken law is told by', () => {
  test.each<[code: string, laws: readonly Law[]]>([
    ['CONFORMANCE_WRONG_VALUE', parameterizationLaws(map(() => ({ space: other })))],
    ['CONFORMANCE_WRONG_NAMES', parameterizationLaws(map(() => ({ trainables: [] })))],
    [
      'CONFORMANCE_WRONG_SHAPE',
      parameterizationLaws(map((bound) => ({ generate: (t) => bound.generate(t).subarray(1) }))),
    ],
    ['CONFORMANCE_SAME_BITS', parameterizationLaws(map((bound) => ({ init: () => bound.init(1) })))],
    ['CONFORMANCE_ABOVE_LIMIT', parameterizationLaws(shifted(3))],
    ['CONFORMANCE_BELOW_LIMIT', parameterizationLaws(shifted(-3))],
    [
      'CONFORMANCE_NOT_FINITE',
      metricLaws({
        ...accuracy(),
        impl: { ...accuracy().impl, perExample: (y, l) => tf.div(accuracy().impl.perExample(y, l), 0) },
      }),
    ],
    ['CONFORMANCE_NOT_CLOSE', lossLaws(total((value) => tf.mul(value, 6)))],
    ['CONFORMANCE_DIFFERENT_BITS', lossLaws(total((value) => tf.add(value, calls++)))],
    ['CONFORMANCE_WRONG_GRADIENT', lossLaws(total((value) => doubledGradient(value)))],
    ['CONFORMANCE_TENSOR_LEAK', lossLaws(total((value) => tf.keep(value)))],
    [
      'CONFORMANCE_DISPOSED_INPUT',
      lossLaws(
        total((value, { labels }) => {
          labels.dispose();
          return value;
        }),
      ),
    ],
    ['CONFORMANCE_NOT_REJECTED', partLaws(loose(), [loose])],
  ])('%s', async (code, laws) => {
    const broken = await brokenLaws(laws);
    const codes = broken.map(({ error }) =>
      error instanceof MappingNetworksError ? error.code : String(error),
    );
    expect(codes).toContain(code);
    const told = broken.find(
      ({ error }) => error instanceof MappingNetworksError && error.code === code,
    )?.error;
    expect((told as MappingNetworksError).message).toMatch(/\. \S.*\.$/);
  });

  test('CONFORMANCE_LAW_BROKEN, all of them at once', async () => {
    const failing = law('one is two', () => {
      throw new Error('it is not');
    });
    const checked = assertLaws([failing, law('one is one', () => {}), failing]);
    await expect(checked).rejects.toMatchObject({ code: 'CONFORMANCE_LAW_BROKEN' });
    await expect(checked).rejects.toThrow(/2 laws do not hold: one is two \(it is not\)/);
  });
});
