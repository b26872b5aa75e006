// A picture of a digit back to pen strokes: enlarged, thinned to lines one pixel wide (Zhang & Suen 1984), and walked.

/** Places of the pen, 0 … 1 of the picture. */
export type Trace = readonly (readonly [x: number, y: number])[];

const LARGER = 4;
/** Hairs that thinning leaves at the ends of thick lines are shorter than this, in pixels of the enlarged picture. */
const HAIR = 9;

/** Strokes through the middle of what is light; `pixels` 0 … 1, `side` × `side`. */
export const traceDigit = (pixels: ArrayLike<number>, side: number): Trace[] => {
  const large = side * LARGER;
  const lit = thin(enlarge(pixels, side), large);
  return walk(lit, large)
    .filter((path, _, all) => path.length >= HAIR || all.length === 1)
    .map((path) => sparse(smooth(path)).map(([x, y]) => [(x + 0.5) / large, (y + 0.5) / large] as const));
};

/** Bilinear, then black and white. */
const enlarge = (pixels: ArrayLike<number>, side: number): Uint8Array => {
  const large = side * LARGER;
  const at = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= side || y >= side ? 0 : (pixels[y * side + x] ?? 0);
  return Uint8Array.from({ length: large * large }, (_, i) => {
    const [x, y] = [((i % large) + 0.5) / LARGER - 0.5, (Math.floor(i / large) + 0.5) / LARGER - 0.5];
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const [u, v] = [x - left, y - top];
    const above = at(left, top) * (1 - u) + at(left + 1, top) * u;
    const below = at(left, top + 1) * (1 - u) + at(left + 1, top + 1) * u;
    return above * (1 - v) + below * v > 0.4 ? 1 : 0;
  });
};

/** Clockwise from above. */
const AROUND = [
  [0, -1],
  [1, -1],
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [-1, -1],
] as const;

const neighbours = (lit: Uint8Array, side: number, i: number): number[] =>
  AROUND.map(([dx, dy]) => lit[i + dy * side + dx] ?? 0);

const thin = (lit: Uint8Array, side: number): Uint8Array => {
  for (let changed = true; changed;) {
    changed = false;
    for (const odd of [false, true]) {
      const gone = [...lit.keys()].filter((i) => lit[i] === 1 && removable(neighbours(lit, side, i), odd));
      for (const i of gone) lit[i] = 0;
      changed ||= gone.length > 0;
    }
  }
  return lit;
};

const removable = (around: readonly number[], odd: boolean): boolean => {
  const count = around.reduce((sum, value) => sum + value, 0);
  const rises = around.filter((value, k) => value === 0 && around[(k + 1) % 8] === 1).length;
  const [up = 0, , right = 0, , down = 0, , left = 0] = around;
  const open = odd
    ? up * right * left === 0 && up * down * left === 0
    : up * right * down === 0 && right * down * left === 0;
  return count >= 2 && count <= 6 && rises === 1 && open;
};

type Pixel = [x: number, y: number];

/** Every lit pixel once, in paths that start at line ends and go straight on where lines cross. */
const walk = (lit: Uint8Array, side: number): Pixel[][] => {
  const left = new Set([...lit.keys()].filter((i) => lit[i] === 1));
  const steps = AROUND.map(([dx, dy]) => dy * side + dx);
  const near = (i: number): number[] => steps.map((step) => i + step).filter((j) => left.has(j));
  const paths: Pixel[][] = [];
  while (left.size > 0) {
    const start = [...left].find((i) => near(i).length === 1) ?? [...left][0] ?? 0;
    const path: Pixel[] = joined(start, lit, left, steps, side);
    for (let i: number | undefined = start; i !== undefined;) {
      left.delete(i);
      path.push([i % side, Math.floor(i / side)]);
      i = straightest(path, near(i), side);
    }
    paths.push(path);
  }
  return paths;
};

/** A branch begins on the line that it leaves. */
const joined = (
  start: number,
  lit: Uint8Array,
  left: Set<number>,
  steps: number[],
  side: number,
): Pixel[] => {
  const from = steps.map((step) => start + step).find((i) => lit[i] === 1 && !left.has(i));
  return from === undefined ? [] : [[from % side, Math.floor(from / side)]];
};

const straightest = (
  path: readonly Pixel[],
  options: readonly number[],
  side: number,
): number | undefined => {
  const [x = 0, y = 0] = path.at(-1) ?? [];
  const [fromX, fromY] = path[Math.max(0, path.length - 7)] ?? [x, y];
  const turn = (i: number): number =>
    (((i % side) - x) * (x - fromX) + (Math.floor(i / side) - y) * (y - fromY)) /
    Math.hypot((i % side) - x, Math.floor(i / side) - y);
  return options.toSorted((a, b) => turn(b) - turn(a))[0];
};

const smooth = (path: readonly Pixel[]): Pixel[] =>
  path.map((pixel, i) => {
    const around = path.slice(Math.max(0, i - 2), i + 3);
    if (i === 0 || i === path.length - 1) return pixel;
    const mean = (axis: 0 | 1): number => around.reduce((sum, each) => sum + each[axis], 0) / around.length;
    return [mean(0), mean(1)];
  });

const sparse = (path: readonly Pixel[]): Pixel[] =>
  path.filter((_, i) => i % 6 === 0 || i === path.length - 1);
