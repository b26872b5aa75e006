// Shares a budget of latent dimensions among layers.

/**
 * Latent dimensions for layers of `sizes`, in order, summing to `total`: `sizes.length` … the sum of sizes. Every layer
 * gets at least 1 and at most its size; what a cap leaves over goes to the other layers by the same weights, which are
 * the sizes or their square roots; fractions go to the largest remainders.
 */
export const allocateDims = (
  sizes: readonly number[],
  total: number,
  allocation: 'proportional' | 'sqrt',
): readonly number[] => share(total, sizes, allocation === 'sqrt' ? sizes.map(Math.sqrt) : sizes);

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const share = (total: number, caps: readonly number[], weights: readonly number[]): readonly number[] => {
  const ideal: number[] = [...caps];
  let open = caps.map((_, i) => i);
  // What is over its cap keeps the cap, and the others share what is left, until none is.
  for (let over = -1; over !== 0;) {
    const left = total - sum(caps.filter((_, i) => !open.includes(i)));
    const weight = sum(open.map((i) => weights[i] as number));
    for (const i of open) ideal[i] = (left * (weights[i] as number)) / weight;
    const within = open.filter((i) => (ideal[i] as number) <= (caps[i] as number));
    over = open.length - within.length;
    for (const i of open) if (!within.includes(i)) ideal[i] = caps[i] as number;
    open = within;
  }
  return round(total, caps, ideal);
};

/** Whole numbers of at least 1 and at most the cap that sum to `total`, near the ideal shares. */
const round = (total: number, caps: readonly number[], ideal: readonly number[]): readonly number[] => {
  const dims = caps.map((cap, i) => Math.min(cap, Math.max(1, Math.floor(ideal[i] as number))));
  const need = (i: number): number => (ideal[i] as number) - (dims[i] as number);
  for (let rest = total - sum(dims); rest !== 0; rest = total - sum(dims)) {
    const step = Math.sign(rest);
    const movable = [...caps.keys()].filter((i) => {
      const next = (dims[i] as number) + step;
      return next >= 1 && next <= (caps[i] as number);
    });
    movable.sort((i, j) => step * (need(j) - need(i)) || i - j);
    for (const i of movable.slice(0, Math.abs(rest))) dims[i] = (dims[i] as number) + step;
  }
  return dims;
};
