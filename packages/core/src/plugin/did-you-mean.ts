// The nearest of the allowed names, when one is near enough to be a likely slip.
import leven from 'leven';
import { quoted } from '../shown.ts';

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

/** Characters of all names together, but for the first: the layers of a network from a file may be thousands. */
const MOST_CHARACTERS = 400;

/** Names in quotation marks, and how many more there are. */
const namesIn = (candidates: readonly string[]): string => {
  const names: string[] = [];
  let characters = 0;
  for (const candidate of candidates) {
    const name = quoted(candidate);
    characters += name.length + 2;
    if (names.length > 0 && characters > MOST_CHARACTERS) break;
    names.push(name);
  }
  const more = candidates.length - names.length;
  return `${names.join(', ') || 'nothing'}${more === 0 ? '' : ` and ${more} more`}`;
};

/**
 * "Did you mean 'x'? " or nothing, then what is allowed; of very many names the first.
 *
 * @example
 * ```ts
 * import { suggestion } from '@mapping-networks/core';
 * console.log(suggestion('onehot', ['hadamard', 'oneHot'])); // Did you mean 'oneHot'? Allowed: 'hadamard', 'oneHot'.
 * ```
 */
export const suggestion = (word: string, candidates: readonly string[]): string => {
  const near = nearest(word, candidates);
  const allowed = `Allowed: ${namesIn(candidates)}.`;
  return near === undefined ? allowed : `Did you mean ${quoted(near)}? ${allowed}`;
};
