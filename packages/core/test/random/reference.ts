// A second implementation of docs/guides/random.md, in BigInt and written from that page alone: what a port to another
// language looks like. Nothing here is fast, and nothing here uses the library.

export interface Key {
  readonly hi: bigint;
  readonly lo: bigint;
}

const MASK = 0xffffffffn;
const ROTATIONS = [13n, 15n, 26n, 6n, 17n, 29n, 16n, 24n] as const;

/** Threefry-2x32, 20 rounds. */
export const threefry = (
  key: readonly [bigint, bigint],
  counter: readonly [bigint, bigint],
): [bigint, bigint] => {
  const schedule = [key[0], key[1], 0x1bd11bdan ^ key[0] ^ key[1]] as const;
  let [x, y] = [(counter[0] + key[0]) & MASK, (counter[1] + key[1]) & MASK];
  for (let round = 0; round < 20; round++) {
    const rotation = ROTATIONS[round % 8] ?? 0n;
    x = (x + y) & MASK;
    y = (((y << rotation) | (y >> (32n - rotation))) & MASK) ^ x;
    if (round % 4 !== 3) continue;
    const injection = (round + 1) / 4;
    x = (x + (schedule[injection % 3] ?? 0n)) & MASK;
    y = (y + (schedule[(injection + 1) % 3] ?? 0n) + BigInt(injection)) & MASK;
  }
  return [x, y];
};

const fnv1a = (name: string): bigint =>
  [...Buffer.from(name, 'utf8')].reduce(
    (hash, byte) => ((hash ^ BigInt(byte)) * 0x01000193n) & MASK,
    0x811c9dc5n,
  );

export const keyOf = (seed: number, path: readonly (string | number)[]): Key => {
  const start: Key = { hi: BigInt(seed) >> 32n, lo: BigInt(seed) & MASK };
  return path.reduce<Key>((key, step) => {
    const counter: [bigint, bigint] = typeof step === 'string' ? [fnv1a(step), 1n] : [BigInt(step), 2n];
    const [hi, lo] = threefry([key.hi, key.lo], counter);
    return { hi, lo };
  }, start);
};

export const wordAt = ({ hi, lo }: Key, index: number): bigint =>
  threefry([hi, lo], [BigInt(Math.floor(index / 2)), 0n])[index % 2] ?? 0n;

const list = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

export const wordsOf = (key: Key, count: number): number[] => list(count, (i) => Number(wordAt(key, i)));

export const uniformOf = (key: Key, count: number): number[] =>
  list(count, (i) => Number(wordAt(key, i) >> 8n) / 16777216);

export const signsOf = (key: Key, count: number): number[] =>
  list(count, (i) => ((wordAt(key, Math.floor(i / 32)) >> BigInt(i % 32)) & 1n ? -1 : 1));

const below = (word: bigint, bound: number): number => Number((word * BigInt(bound)) >> 32n);

export const integersOf = (key: Key, count: number, bound: number): number[] =>
  list(count, (i) => below(wordAt(key, i), bound));

const shuffled = (key: Key, size: number, steps: number): number[] => {
  const order = list(size, (i) => i);
  for (let i = 0; i < steps; i++) {
    const [taken] = order.splice(i + below(wordAt(key, i), size - i), 1, order[i] ?? 0);
    order[i] = taken ?? 0;
  }
  return order;
};

export const permutationOf = (key: Key, size: number): number[] => shuffled(key, size, size - 1);

export const subsetOf = (key: Key, size: number, count: number): number[] => {
  const drawn = Math.min(count, size - count);
  const chosen = new Set(shuffled(key, size, drawn).slice(0, drawn));
  return list(size, (i) => i).filter((i) => chosen.has(i) === (drawn === count));
};

// Fixed-point reals with 160 fractional bits: far more than the 24 that are compared.
const BITS = 160n;
const ONE = 1n << BITS;
const times = (a: bigint, b: bigint): bigint => (a * b) >> BITS;

const series = (first: bigint, next: (term: bigint, n: bigint) => bigint): bigint => {
  let sum = 0n;
  for (let [term, n] = [first, 1n]; term !== 0n && term !== -1n; term = next(term, n), n++) sum += term;
  return sum;
};

/** 2 artanh(y) = 2 (y + y³/3 + y⁵/5 + …). */
const doubleArtanh = (y: bigint): bigint => {
  const square = times(y, y);
  let sum = 0n;
  for (let [power, k] = [y, 1n]; power !== 0n && power !== -1n; power = times(power, square), k += 2n)
    sum += power / k;
  return 2n * sum;
};

const LN2 = doubleArtanh(ONE / 3n);

/** −ln(n / 2³²) for a whole n in 1 … 2³². */
const minusLog = (n: bigint): bigint => {
  const exponent = BigInt(n.toString(2).length - 1);
  const mantissa = (n << BITS) >> exponent;
  return (32n - exponent) * LN2 - doubleArtanh(((mantissa - ONE) << BITS) / (mantissa + ONE));
};

/** π by Machin: 16 arctan(1/5) − 4 arctan(1/239). */
const arctanInverse = (k: bigint): bigint => {
  let sum = 0n;
  for (let [power, n] = [ONE / k, 1n]; power !== 0n && power !== -1n; power = -power / (k * k), n += 2n)
    sum += power / n;
  return sum;
};
const TWO_PI = 2n * (16n * arctanInverse(5n) - 4n * arctanInverse(239n));

const sine = (x: bigint): bigint =>
  series(x, (term, n) => -times(times(term, x), x) / (2n * n * (2n * n + 1n)));
const cosine = (x: bigint): bigint =>
  series(ONE, (term, n) => -times(times(term, x), x) / ((2n * n - 1n) * 2n * n));

const squareRoot = (x: bigint): bigint => {
  if (x === 0n) return 0n;
  let root = 1n << ((BigInt(x.toString(2).length) + BITS) / 2n + 1n);
  for (;;) {
    const better = (root + (x << BITS) / root) / 2n;
    if (better >= root) return root;
    root = better;
  }
};

/** To float64 through 60 significant bits of the fixed point, then to float32. */
const toFloat32 = (x: bigint): number => Math.fround(Number(x >> (BITS - 90n)) / 2 ** 90);

export const normalOf = (key: Key, count: number): number[] =>
  list(count, (i) => {
    const pair = i - (i % 2);
    const radius = squareRoot(2n * minusLog(wordAt(key, pair) + 1n));
    const angle = (TWO_PI * wordAt(key, pair + 1)) >> 32n;
    return toFloat32(times(radius, i % 2 === 0 ? cosine(angle) : sine(angle)));
  });
