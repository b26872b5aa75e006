// The shortest names there are: a, b, … Z, aa, ba, … In a small file names take more than what they name.

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

const shortName = (number: number): string =>
  number < LETTERS.length
    ? LETTERS.charAt(number)
    : LETTERS.charAt(number % LETTERS.length) + shortName(Math.floor(number / LETTERS.length) - 1);

/** A short name that nobody has, at each call. */
export const namesBeside = (taken: Iterable<string>): (() => string) => {
  const all = new Set(taken);
  let number = 0;
  return () => {
    let name = shortName(number++);
    while (all.has(name)) name = shortName(number++);
    return name;
  };
};
