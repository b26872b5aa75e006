// The weights that a loss tells of its terms, against the loss itself: from one latent to another, the total changes by
// the weighted sum of what its terms change by, with fresh weights and with others.
import { float32, type Loss, type NamedArrays } from '@mapping-networks/core';
import { expectClose, expectFinite } from '../checks/arrays.ts';
import { expectSameArrays } from '../checks/named.ts';
import { gaussian } from '../checks/random-arrays.ts';
import { expectNoTensors } from '../checks/tensors.ts';
import { wrongNames } from '../errors.ts';
import { law, type Law } from '../law.ts';
import { inputsOf, LATENT, valuesOf, type LossCase } from './loss-case.ts';

type Weights = Readonly<Record<string, number>>;
type TermWeights = NonNullable<Loss['termWeights']>;

/** Laws of `termWeights`, which a loss may leave out. */
export const weightLaws = (lossCase: LossCase): readonly Law[] => {
  const { loss, seed } = lossCase;
  if (loss.termWeights === undefined) return [];
  const weigh: TermWeights = (weights) => loss.termWeights?.(weights) ?? {};
  return [
    law('term weights are finite numbers, one for each term', () => {
      const [expected, told] = [Object.keys(termsAt(lossCase, {}).terms), weigh(loss.init())];
      const named = Object.keys(told);
      if (expected.toSorted().join() !== named.toSorted().join())
        throw wrongNames('termWeights', expected, named);
      expectFinite('termWeights', Object.values(told));
    }),
    law('term weights follow from the weights alone, and change nothing', () => {
      const weights = moved(loss, seed);
      const first = expectNoTensors('termWeights', () => weigh(weights));
      expectSameArrays('weights after termWeights', weights, moved(loss, seed));
      weigh(loss.init());
      expectSameArrays('termWeights', asArrays(weigh(moved(loss, seed))), asArrays(first));
    }),
    law('term weights are the derivatives of the total in its terms', () => {
      for (const weights of [loss.init(), moved(loss, seed)])
        expectWeighted(lossCase, weights, weigh(weights));
    }),
  ];
};

/** Weights as training might have moved them. */
const moved = (loss: Loss, seed: number): NamedArrays =>
  Object.fromEntries(
    Object.entries(loss.init()).map(([name, { shape, data }]) => {
      const by = gaussian(data.length, seed, 'weights', name);
      return [
        name,
        float32(
          Float32Array.from(data, (value, i) => value + 0.5 * (by[i] ?? 0)),
          shape,
        ),
      ];
    }),
  );

const asArrays = (weights: Weights): NamedArrays =>
  Object.fromEntries(Object.entries(weights).map(([name, w]) => [name, float32(Float32Array.of(w))]));

const termsAt = (lossCase: LossCase, inputs: NamedArrays): { total: number; terms: Weights } => {
  const values = valuesOf(lossCase, { ...inputsOf(lossCase), ...inputs });
  const entries = Object.entries(values).map(([name, { data }]) => [name, data[0] ?? Number.NaN] as const);
  const terms = entries.filter(([name]) => name.startsWith('term '));
  return {
    total: values['total']?.data[0] ?? Number.NaN,
    terms: Object.fromEntries(terms.map(([name, value]) => [name.slice('term '.length), value])),
  };
};

const expectWeighted = (lossCase: LossCase, weights: NamedArrays, told: Weights): void => {
  const own = Object.fromEntries(Object.entries(weights).map(([name, array]) => [`weights/${name}`, array]));
  const at = (place: number): ReturnType<typeof termsAt> =>
    termsAt(lossCase, { ...own, z: float32(gaussian(LATENT, lossCase.seed, 'weights', place)) });
  const from = at(0);
  for (const place of [1, 2, 3]) {
    const to = at(place);
    const names = Object.keys(from.terms);
    const weighted = (of: (name: string) => number): number =>
      names.reduce((sum, name) => sum + (told[name] ?? Number.NaN) * of(name), 0);
    const expected = weighted((name) => (to.terms[name] ?? 0) - (from.terms[name] ?? 0));
    // Differences of float32 numbers of this size.
    const size =
      Math.abs(from.total) +
      names.reduce((sum, n) => sum + Math.abs((told[n] ?? 0) * (from.terms[n] ?? 0)), 0);
    expectClose(
      'change of the total (expected: of the weighted terms)',
      [to.total - from.total],
      [expected],
      1e-5,
      size,
    );
  }
};
