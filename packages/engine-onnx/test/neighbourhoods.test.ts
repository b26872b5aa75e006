// Fusions and layouts look at what stands beside a node and at who reads it. Each such neighbourhood, with its loss and
// all its gradients, against TensorFlow.js' cpu backend: as the first layer, and as a hidden one.
import { float32, randomKey, sizeOf, uniform } from '@mapping-networks/core';
import { describe, it } from 'vitest';
import type { Example } from '../../graph/test/kernels/example.ts';
import { expectAgreement, openEngines } from './against-cpu.ts';
import { asFirst, drawn, network, type Shape } from './network-example.ts';
import { imageShapes, NEIGHBOURHOODS } from './neighbourhoods.ts';

const engines = openEngines();

type Numbers = (name: string, shape: Shape) => ReturnType<typeof drawn>;

const example = (
  name: string,
  [batch, c, o, side]: readonly [number, number, number, number],
  numbers: Numbers,
): Example => {
  const [reads, forward] = NEIGHBOURHOODS[name] ?? ['', () => []];
  const shapes = Object.entries(imageShapes(batch, c, o, side)).filter(([key]) =>
    reads.split(' ').includes(key),
  );
  return network(Object.fromEntries(shapes.map(([key, shape]) => [key, numbers(key, shape)])), forward);
};

// Two blocks of channels in and out, where a block is 16 of them; small sides, because the cpu takes all the time.
const SIZES = {
  'few channels': [3, 1, 9, 8],
  'many channels': [2, 32, 32, 6],
  'one image': [1, 1, 9, 7],
  'one filter': [2, 3, 1, 8],
} as const;

describe.each(Object.entries(SIZES))('%s', (_, size) => {
  it.each(Object.keys(NEIGHBOURHOODS))('%s', (name) => {
    const whole = example(name, size, (key, shape) => drawn(key, shape, 7));
    // What divides by a deviation makes rounding larger.
    const tolerance = name.includes('norm') ? 5e-5 : 1e-5;
    return expectAgreement(engines(), size[1] > 3 ? [whole] : [whole, asFirst(whole)], {
      tolerance,
      scale: 1,
    });
  });
});

/** Multiples of ¼: sums are exact in any order. */
const coarse: Numbers = (name, shape) =>
  float32(
    uniform(randomKey(3, name), sizeOf(shape)).map((u) => Math.round(4 * u - 2) / 4),
    shape,
  );

/** A frame of one number around two others. */
const withRegions = (shape: Shape, high: number): ReturnType<typeof drawn> =>
  float32(
    Float32Array.from({ length: sizeOf(shape) }, (_, i) => {
      const [, h = 1, w = 1, c = 1] = shape;
      const column = Math.floor(i / c) % w;
      const row = Math.floor(i / (c * w)) % h;
      return row < 2 || column < 2 ? 0 : column < 5 ? high : -high;
    }),
    shape,
  );

describe('equal numbers go to the first, as in TensorFlow.js', () => {
  const names = Object.keys(NEIGHBOURHOODS).filter(
    (name) => name.includes('pool') && !name.includes('norm') && !name.includes('means'),
  );
  it.each(names)('%s', (name) =>
    expectAgreement(
      engines(),
      [SIZES['few channels'], [2, 32, 16, 6] as const].flatMap((size) => {
        const exact = example(name, size, (key, shape) =>
          key === 'x' ? withRegions(shape, 0.5) : coarse(key, shape),
        );
        const rounded = example(name, size, (key, shape) =>
          key === 'x' ? withRegions(shape, 0.3) : drawn(key, shape, 9),
        );
        return size[1] > 3 ? [exact, rounded] : [exact, rounded, asFirst(exact), asFirst(rounded)];
      }),
      { scale: 1 },
    ),
  );
});
