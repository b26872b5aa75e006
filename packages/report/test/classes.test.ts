// Confusion and per-class scores, against the examples of scikit-learn's documentation and against their identities.
import {
  confidentMistakes,
  confusionMatrix,
  mostConfused,
  perClass,
  predictedClasses,
} from '@mapping-networks/report';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const classes = 5;
const labelled = fc.array(fc.tuple(fc.nat({ max: classes - 1 }), fc.nat({ max: classes - 1 })), {
  maxLength: 200,
});

const confusionOf = (pairs: readonly (readonly [number, number])[]): ReturnType<typeof confusionMatrix> =>
  confusionMatrix(
    pairs.map(([truth]) => truth),
    pairs.map(([, predicted]) => predicted),
    classes,
  );

describe('confusionMatrix', () => {
  it('is the example of sklearn.metrics.confusion_matrix', () => {
    const { counts, total } = confusionMatrix([2, 0, 2, 2, 0, 1], [0, 0, 2, 2, 0, 2], 3);
    expect([...counts]).toEqual([2, 0, 0, 0, 0, 1, 1, 0, 2]);
    expect(total).toBe(6);
  });

  it('counts every example once, and its pairs are all that is off the diagonal', () => {
    fc.assert(
      fc.property(labelled, (pairs) => {
        const confusion = confusionOf(pairs);
        expect(confusion.counts.reduce((sum, count) => sum + count, 0)).toBe(pairs.length);
        const wrong = pairs.filter(([truth, predicted]) => truth !== predicted).length;
        const confused = mostConfused(confusion, Number.POSITIVE_INFINITY);
        expect(confused.reduce((sum, { count }) => sum + count, 0)).toBe(wrong);
        const counts = confused.map(({ count }) => count);
        expect(counts).toEqual(counts.toSorted((a, b) => b - a));
        for (const { share } of confused) expect(share > 0 && share <= 1).toBe(true);
      }),
    );
  });

  it('leaves out what is no class', () => {
    expect(confusionMatrix([0, 3, -1, Number.NaN], [0, 0, 0, 0], 2).total).toBe(1);
  });
});

describe('perClass', () => {
  it('is the example of sklearn.metrics.classification_report', () => {
    const scores = perClass(confusionMatrix([0, 1, 2, 2, 2], [0, 0, 2, 2, 1], 3));
    const rounded = scores.map((score) => Object.values(score).map((value) => Number(value.toFixed(2))));
    expect(rounded).toEqual([
      [0.5, 1, 0.67, 1],
      [0, 0, 0, 1],
      [1, 0.67, 0.8, 3],
    ]);
  });

  it('has F1 as the harmonic mean, and supports that sum to n', () => {
    fc.assert(
      fc.property(labelled, (pairs) => {
        const scores = perClass(confusionOf(pairs));
        expect(scores.reduce((sum, { support }) => sum + support, 0)).toBe(pairs.length);
        for (const { precision = 0, recall = 0, f1 = 0 } of scores) {
          expect(f1).toBeCloseTo(
            precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0,
            12,
          );
        }
      }),
    );
  });

  it('leaves out what would divide by zero', () => {
    expect(perClass(confusionMatrix([0], [1], 3))).toEqual([
      { recall: 0, f1: 0, support: 1 },
      { precision: 0, f1: 0, support: 0 },
      { support: 0 },
    ]);
  });
});

describe('confidentMistakes', () => {
  const rows = fc.array(
    fc.tuple(
      fc.nat({ max: 2 }),
      fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
    ),
    { maxLength: 60 },
  );

  it('finds every mistake, the surest first', () => {
    fc.assert(
      fc.property(rows, (examples) => {
        const probabilities = Float32Array.from(examples.flatMap(([, row]) => row));
        const labels = examples.map(([truth]) => truth);
        const found = confidentMistakes(probabilities, labels);
        const predicted = predictedClasses(probabilities, 3);
        const wrong = labels.flatMap((truth, index) => (truth === predicted[index] ? [] : [index]));
        expect(found.map(({ index }) => index).toSorted((a, b) => a - b)).toEqual(wrong);
        const shares = found.map(({ probability }) => probability);
        expect(shares).toEqual(shares.toSorted((a, b) => b - a));
        for (const { probability, truthProbability } of found) {
          expect(probability).toBeGreaterThanOrEqual(truthProbability);
        }
      }),
    );
  });

  it('gives no more than it was asked for, and all the facts of each', () => {
    const [worst, ...more] = confidentMistakes(Float32Array.of(0.25, 0.75, 0.5, 0.5, 0, 1), [0, 1, 0], 1);
    expect(worst).toEqual({ index: 2, truth: 0, predicted: 1, probability: 1, truthProbability: 0 });
    expect(more).toEqual([]);
  });
});
