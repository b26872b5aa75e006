// The built-in projections keep all laws, at the sizes that have caught structured maps.
import { dense, hadamard, oneHot, type Part } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, test } from 'vitest';
import { projectionLaws, type ProjectionLawOptions } from '@mapping-networks/conformance';

beforeAll(() => tf.setBackend('cpu'));

const stored: ProjectionLawOptions = {
  sizes: [
    { columns: 77, rows: 421 },
    { columns: 24, rows: 200 },
    { columns: 9, rows: 9 },
  ],
};
const whole: ProjectionLawOptions = {
  sizes: [
    { columns: 64, rows: 256 },
    { columns: 77, rows: 512 },
    { columns: 3, rows: 5 },
    { columns: 1, rows: 7 },
  ],
  seed: 3,
};

describe.each<[string, Part<'projection'>, ProjectionLawOptions]>([
  ['hadamard', hadamard(), {}],
  ['hadamard in full blocks and tiny', hadamard(), whole],
  ['oneHot', oneHot(), {}],
  ['oneHot, used equally often and tiny', oneHot(), whole],
  ['dense', dense(), stored],
])('%s', (_name, part, options) => {
  for (const { name, check } of projectionLaws(part, options)) test(name, check);
});
