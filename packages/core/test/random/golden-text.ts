// The golden values as docs/guides/random.md prints them.
import type golden from '../golden/random.json';

type Golden = typeof golden;
interface Stream {
  readonly seed: number;
  readonly path: readonly (string | number)[];
}

const named = ({ seed, path }: Stream): string =>
  [`seed ${seed}`, ...path.map((step) => JSON.stringify(step))].join(', ');

const wrapped = (values: readonly (string | number)[], perLine: number): string =>
  values
    .map(String)
    .reduce((text, value, i) => text + (i === 0 ? '' : i % perLine === 0 ? '\n  ' : ' ') + value, '  ');

/** One paragraph for each golden value. */
export const goldenText = (golden: Golden): string =>
  [
    ...golden.threefry2x32.map(
      ({ key, counter, words }) =>
        `threefry2x32 key ${key.join(' ')} counter ${counter.join(' ')}\n${wrapped(words, 2)}`,
    ),
    ...golden.keys.map((entry) => `key of ${named(entry)}\n${wrapped([entry.hi, entry.lo], 2)}`),
    `words of ${named(golden.words)}\n${wrapped(golden.words.values, 8)}`,
    `uniform of ${named(golden.uniform)}\n${wrapped(golden.uniform.values, 4)}`,
    ...[golden.integers, golden.wideIntegers].map(
      (entry) => `integers below ${entry.bound} of ${named(entry)}\n${wrapped(entry.values, 10)}`,
    ),
    `signs of ${named(golden.signs)}\n${wrapped(golden.signs.values, 20)}`,
    `normal of ${named(golden.normal)}\n${wrapped(golden.normal.values, 4)}`,
    `permutation of ${golden.permutation.size}, ${named(golden.permutation)}\n${wrapped(golden.permutation.values, 20)}`,
    ...[golden.smallSubset, golden.largeSubset].map(
      (entry) =>
        `subset of ${entry.count} out of ${entry.size}, ${named(entry)}\n${wrapped(entry.values, 20)}`,
    ),
  ].join('\n');
