// The nearest of the allowed names, when one is near enough to be a likely slip.
import leven from 'leven';

/** A longer word is no slip of a name. */
const MOST_LETTERS = 100;

/**
 * The candidate within a third of the word's length of it, if any.
 *
 * @example
 * ```ts
 * import { nearest } from '@mapping-networks/core';
 * console.log(nearest('hadamar', ['hadamard', 'oneHot']), nearest('fft', ['hadamard', 'oneHot'])); // hadamard undefined
 * ```
 */
export const nearest = (word: string, candidates: readonly string[]): string | undefined => {
  // The distance takes the product of both lengths, and no name is that long.
  if (word.length > MOST_LETTERS) return undefined;
  const lower = word.toLowerCase();
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: leven(lower, candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  return best && best.distance <= Math.max(1, Math.ceil(word.length / 3)) ? best.candidate : undefined;
};

/**
 * "Did you mean 'x'? " or nothing, then all that is allowed.
 *
 * @example
 * ```ts
 * import { suggestion } from '@mapping-networks/core';
 * console.log(suggestion('onehot', ['hadamard', 'oneHot'])); // Did you mean 'oneHot'? Allowed: 'hadamard', 'oneHot'.
 * ```
 */
export const suggestion = (word: string, candidates: readonly string[]): string => {
  const near = nearest(word, candidates);
  const allowed = `Allowed: ${candidates.map((candidate) => `'${candidate}'`).join(', ') || 'nothing'}.`;
  return near === undefined ? allowed : `Did you mean '${near}'? ${allowed}`;
};
