// Statistics of keyed word streams. Each is a z-score: how many standard deviations the source is from what
// independent fair bits give. Too good is as bad as too poor, so that both signs count.

/** Words 0 … count − 1 of the stream of a seed and an index below it. */
export type Source = (seed: number, index: number, count: number) => Uint32Array;

/** The deviation at which a source is rejected; by chance once in about two million statistics. */
export const LIMIT = 5;

const WORDS = 1 << 16;

/** χ² with `freedom` degrees as a normal deviate (Wilson & Hilferty 1931). */
export const chiSquareDeviate = (chiSquare: number, freedom: number): number => {
  const spread = 2 / (9 * freedom);
  return (Math.cbrt(chiSquare / freedom) - (1 - spread)) / Math.sqrt(spread);
};

/** How far counts are from equal. */
export const evenness = (counts: ArrayLike<number>): number => {
  const all = Array.from(counts);
  const expected = all.reduce((sum, count) => sum + count, 0) / all.length;
  const chiSquare = all.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  return chiSquareDeviate(chiSquare, all.length - 1);
};

/** How far each of the 32 bits of `words` is from being 1 half of the time, over all bits. */
const fairness = (words: Uint32Array): number => {
  let chiSquare = 0;
  for (let bit = 0; bit < 32; bit++) {
    let ones = 0;
    for (const word of words) ones += (word >>> bit) & 1;
    chiSquare += (ones - words.length / 2) ** 2 / (words.length / 4);
  }
  return chiSquareDeviate(chiSquare, 32);
};

const differences = (a: Uint32Array, b: Uint32Array): Uint32Array => a.map((word, i) => word ^ (b[i] ?? 0));

/** The words of `pairs` many short streams and of their neighbours, compared bit by bit. */
const neighbours = (stream: (n: number, count: number) => Uint32Array, shift: number): number => {
  const [streams, length] = [1024, 64];
  const all = new Uint32Array(streams * length);
  for (let n = 0; n < streams; n++) {
    const here = stream(n, length + shift).subarray(shift);
    all.set(differences(here, stream(n + 1, length)), n * length);
  }
  return fairness(all);
};

export const statistics = {
  /** χ² over the 256 values of all bytes. */
  bytes: (source: Source): number => {
    const counts = new Uint32Array(256);
    for (const byte of new Uint8Array(source(1, 0, WORDS).slice().buffer))
      counts[byte] = (counts[byte] ?? 0) + 1;
    return evenness(counts);
  },
  /** Each bit is 1 half of the time. */
  bits: (source: Source): number => fairness(source(2, 0, WORDS)),
  /** Each bit differs from the same bit of the next word half of the time. */
  serialBits: (source: Source): number => {
    const words = source(3, 0, WORDS);
    return fairness(differences(words.subarray(1), words.subarray(0, -1)));
  },
  /** χ² over the upper four bits of words 2i and 2i + 1 together. */
  serialPairs: (source: Source): number => {
    const counts = new Uint32Array(256);
    const words = source(4, 0, WORDS);
    for (let i = 0; i + 1 < words.length; i += 2) {
      const cell = (((words[i] ?? 0) >>> 28) << 4) | ((words[i + 1] ?? 0) >>> 28);
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
    return evenness(counts);
  },
  /** Streams of seeds s and s + 1 differ in half of the bits. */
  neighbouringSeeds: (source: Source): number => neighbours((n, count) => source(n, 0, count), 0),
  /** Streams of indices i and i + 1 below one seed differ in half of the bits. */
  neighbouringIndices: (source: Source): number => neighbours((n, count) => source(5, n, count), 0),
  /** The stream of seed s + 1 is not that of seed s from its second word on. */
  shiftedSeeds: (source: Source): number => neighbours((n, count) => source(n, 0, count), 1),
} as const;

export type StatisticName = keyof typeof statistics;

/** The names of the statistics by which a source is rejected. */
export const rejectedBy = (source: Source): StatisticName[] =>
  (Object.keys(statistics) as StatisticName[]).filter(
    (name) => !(Math.abs(statistics[name](source)) < LIMIT),
  );
