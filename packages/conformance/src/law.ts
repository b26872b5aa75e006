// A law is something that every implementation of a contract must keep, with a name and a way to check it. Laws know
// no test runner: `for (const law of lossLaws(part)) test(law.name, law.check)` works in all of them.
import { lawBroken } from './errors.ts';

/** One property that every implementation of a contract has, and its check. */
export interface Law {
  /** What must hold, as a sentence. */
  readonly name: string;
  /** Throws a CONFORMANCE_… error that says what was expected and what came. */
  readonly check: () => void | Promise<void>;
}

/**
 * A law of your own, frozen; `check` throws (or rejects) when it does not hold.
 *
 * @example
 * ```ts
 * import { law } from '@mapping-networks/conformance';
 * const halves = law('halves add up', () => {
 *   if (0.5 + 0.5 !== 1) throw new Error('expected 1');
 * });
 * console.log(halves.name); // halves add up
 * ```
 */
export const law = (name: string, check: () => void | Promise<void>): Law => Object.freeze({ name, check });

/** A law that does not hold, and why. */
export interface BrokenLaw {
  readonly name: string;
  readonly error: unknown;
}

/**
 * Checks laws one after another and gives those that do not hold.
 *
 * @example
 * ```ts
 * import { brokenLaws, law } from '@mapping-networks/conformance';
 * const impossible = law('one is two', () => {
 *   throw new Error('it is not');
 * });
 * console.log((await brokenLaws([impossible])).map(({ name }) => name)); // ['one is two']
 * ```
 */
export const brokenLaws = async (laws: readonly Law[]): Promise<readonly BrokenLaw[]> => {
  const broken: BrokenLaw[] = [];
  for (const { name, check } of laws) {
    try {
      await check();
    } catch (error) {
      broken.push({ name, error });
    }
  }
  return broken;
};

/**
 * Checks laws without a test runner.
 *
 * @throws CONFORMANCE_LAW_BROKEN, which names every law that does not hold
 * @example
 * ```ts
 * import { assertLaws, projectionLaws } from '@mapping-networks/conformance';
 * import { oneHot } from '@mapping-networks/core';
 * import * as tf from '@tensorflow/tfjs-core';
 * import '@tensorflow/tfjs-backend-cpu';
 * import '@tensorflow/tfjs-layers'; // registers gradients
 *
 * await tf.setBackend('cpu');
 * await assertLaws(projectionLaws(oneHot(), { sizes: [{ rows: 90, columns: 12 }] }));
 * ```
 */
export const assertLaws = async (laws: readonly Law[]): Promise<void> => {
  const broken = await brokenLaws(laws);
  if (broken.length > 0) throw lawBroken(broken);
};
