// The built-in optimizers, schedules and metrics keep all laws.
import {
  metricLaws,
  optimizerLaws,
  partLaws,
  scheduleLaws,
  type MetricLawOptions,
} from '@mapping-networks/conformance';
import { float32, normal, randomKey, type Part } from '@mapping-networks/core';
import {
  accuracy,
  adam,
  adamW,
  clipByNorm,
  constant,
  cosine,
  lookahead,
  meanAbsoluteError,
  meanSquaredError,
  rAdam,
  ranger,
  sgd,
  stepDecay,
} from '@mapping-networks/train';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, test } from 'vitest';

beforeAll(() => tf.setBackend('cpu'));

describe.each<[string, Part<'optimizer'>]>([
  ['sgd', sgd()],
  ['sgd with momentum', sgd({ momentum: 0.9 })],
  ['sgd with Nesterov momentum', sgd({ momentum: 0.9, nesterov: true })],
  ['adam', adam()],
  ['adamW', adamW()],
  ['rAdam', rAdam()],
  ['lookahead', lookahead()],
  ['lookahead around sgd', lookahead({ optimizer: sgd({ momentum: 0.5 }), period: 3 })],
  ['ranger', ranger()],
  ['clipByNorm', clipByNorm()],
])('%s', (_name, part) => {
  for (const { name, check } of optimizerLaws(part)) test(name, check);
  for (const { name, check } of partLaws(part, [sgd, adam, adamW, rAdam, lookahead, ranger, clipByNorm]))
    test(name, check);
});

describe.each<[string, Part<'schedule'>]>([
  ['constant', constant()],
  ['cosine', cosine()],
  ['cosine with a floor', cosine({ floor: 0.1, warmupSteps: 0 })],
  ['stepDecay', stepDecay()],
])('%s', (_name, part) => {
  for (const { name, check } of scheduleLaws(part)) test(name, check);
  for (const { name, check } of partLaws(part, [constant, cosine, stepDecay])) test(name, check);
});

const values: MetricLawOptions = {
  sample: {
    output: float32(normal(randomKey(1), 12), [4, 3]),
    labels: float32(normal(randomKey(2), 12), [4, 3]),
  },
};

describe.each<[string, Part<'metric'>, MetricLawOptions]>([
  ['accuracy', accuracy(), {}],
  ['meanAbsoluteError', meanAbsoluteError(), values],
  ['meanSquaredError', meanSquaredError(), values],
])('%s', (_name, part, options) => {
  for (const { name, check } of metricLaws(part, options)) test(name, check);
  for (const { name, check } of partLaws(part, [accuracy, meanAbsoluteError, meanSquaredError]))
    test(name, check);
});
