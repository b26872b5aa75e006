// The law suite of optimizers.
import type { Part, TensorSpec } from '@mapping-networks/core';
import { expectSpecs } from './checks/arrays.ts';
import { expectCloseArrays, expectFiniteArrays, expectSameArrays } from './checks/named.ts';
import { gaussians } from './checks/random-arrays.ts';
import { expectNoLeak, expectNoTensors } from './checks/tensors.ts';
import { aboveLimit } from './errors.ts';
import { law, type Law } from './law.ts';
import {
  bowlGradients,
  bowlHeight,
  flattened,
  optimizerCase,
  zerosOf,
  type OptimizerCase,
} from './optimizer/optimizer-case.ts';

/** The learning rate at which `optimizerLaws` lets the optimizer run, and the seed of trainables and gradients. */
export interface OptimizerLawOptions {
  /** A rate at which the optimizer should get to the bottom of a bowl of curvature ½ to 2. Default 0.05. */
  readonly learningRate?: number;
  /** Seed of trainables and gradients. Default 0. */
  readonly seed?: number;
}

/**
 * What every optimizer must keep: an update for each trainable and a state that keeps its names and shapes; no state of
 * its own; independence of the order of names; no movement at learning rate 0; finite updates for zero and for huge
 * gradients; the bottom of a parabola within 400 steps; no leaks.
 *
 * @example
 * ```ts
 * import { optimizerLaws } from '@mapping-networks/conformance';
 * import { adam } from '@mapping-networks/train';
 * console.log(optimizerLaws(adam()).map(({ name }) => name));
 * ```
 */
export const optimizerLaws = (
  { impl }: Part<'optimizer'>,
  { learningRate = 0.05, seed = 0 }: OptimizerLawOptions = {},
): readonly Law[] => {
  const optimizer = optimizerCase(impl);
  const first = () => ({
    gradients: gaussians(SPECS, seed, 'gradients'),
    state: impl.init(SPECS),
    trainables: gaussians(SPECS, seed, 'trainables'),
  });
  return [
    law('init makes a finite state, the same every time, without tensors', () => {
      expectFiniteArrays(
        'init',
        expectNoTensors('init', () => impl.init(SPECS)),
      );
      expectSameArrays('init', impl.init(SPECS), impl.init(SPECS));
    }),
    law('update gives an update for each trainable, and the state again', () => {
      const { updates, state } = optimizer.update(first(), learningRate, 1);
      expectSpecs('updates', updates, SPECS);
      expectSpecs('state', state, specsOf(impl.init(SPECS)));
      expectFiniteArrays('updates', updates);
      expectFiniteArrays('state', state);
    }),
    law('the same inputs give the same update', () => {
      const [once, twice] = [0, 1].map(() => optimizer.update(first(), learningRate, 3));
      expectSameArrays('updates', twice?.updates ?? {}, once?.updates ?? {});
      expectSameArrays('state', twice?.state ?? {}, once?.state ?? {});
    }),
    law('the order of names does not matter', () => {
      const { gradients, state, trainables } = first();
      const turned = {
        gradients: reversed(gradients),
        state: reversed(state),
        trainables: reversed(trainables),
      };
      const expected = optimizer.update(first(), learningRate, 1).updates;
      expectCloseArrays('updates', optimizer.update(turned, learningRate, 1).updates, expected, 1e-5);
    }),
    law('at learning rate 0 a fresh run stays where it is', () => {
      const { updates } = optimizer.update(first(), 0, 1);
      expectCloseArrays('updates', updates, zerosOf(SPECS), 0);
    }),
    ...robustnessLaws(optimizer, first, learningRate),
    law('it gets to the bottom of a parabola', () => {
      const start = gaussians(SPECS, seed, 'trainables');
      let [trainables, state] = [start, impl.init(SPECS)];
      for (let step = 1; step <= STEPS; step++) {
        const gradients = bowlGradients(trainables);
        const next = optimizer.update({ gradients, state, trainables }, learningRate, step);
        [trainables, state] = [moved(trainables, next.updates), next.state];
      }
      const share = bowlHeight(trainables) / bowlHeight(start);
      if (!(share <= 0.01))
        throw aboveLimit('height left', 0.01, share, 'Check the sign and the size of the updates.');
    }),
    law('no tensor is kept, none of the caller’s disposed', () => {
      expectNoLeak('update', flattened(first(), learningRate, 1), optimizer.onFlat);
    }),
  ];
};

const STEPS = 400;

const SPECS: readonly TensorSpec[] = [
  { name: 'z', shape: [5] },
  { name: 'fc/weights.kernel', shape: [2, 3] },
  { name: 'scale', shape: [] },
];

type Inputs = Parameters<OptimizerCase['update']>[0];

const robustnessLaws = (
  optimizer: OptimizerCase,
  first: () => Inputs,
  learningRate: number,
): readonly Law[] =>
  (
    [
      ['zero', 0],
      ['huge', 1e10],
    ] as const
  ).map(([name, scale]) =>
    law(`${name} gradients give finite updates`, () => {
      let { state } = first();
      const { trainables, gradients } = first();
      const scaled = moved(zerosOf(SPECS), gradients, scale);
      for (let step = 1; step <= 3; step++) {
        const next = optimizer.update({ gradients: scaled, state, trainables }, learningRate, step);
        expectFiniteArrays('updates', next.updates);
        expectFiniteArrays('state', next.state);
        ({ state } = next);
      }
    }),
  );

const moved = (arrays: Inputs['trainables'], by: Inputs['trainables'], scale = 1): Inputs['trainables'] =>
  Object.fromEntries(
    Object.entries(arrays).map(([name, { shape, data }]) => [
      name,
      {
        dtype: 'float32',
        shape,
        data: Float32Array.from(data, (value, i) => value + scale * (by[name]?.data[i] ?? 0)),
      },
    ]),
  );

const reversed = <T>(entries: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(entries).toReversed());

const specsOf = (arrays: Inputs['state']): readonly TensorSpec[] =>
  Object.entries(arrays).map(([name, { shape }]) => ({ name, shape }));
