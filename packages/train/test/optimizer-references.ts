// Every optimizer once more, in float64 and plain loops, from the published update formulas; nothing of the package is
// used. State lives in closures, one number at a time.

/** Takes gradients, trainables and the learning rate of step t = 1, 2, … and returns the next trainables. */
export type Reference = (
  theta: readonly number[],
  gradient: readonly number[],
  rate: number,
  t: number,
) => number[];

const get = (values: readonly number[], i: number): number => values[i] ?? Number.NaN;

/** t ← μt + g; θ ← θ − η·t, with Nesterov θ − η·(g + μt). */
export const sgdReference = (momentum: number, nesterov: boolean): Reference => {
  let trace: number[] = [];
  return (theta, gradient, rate) => {
    trace = gradient.map((g, i) => momentum * (trace[i] ?? 0) + g);
    return theta.map(
      (x, i) => x - rate * (nesterov ? get(gradient, i) + momentum * get(trace, i) : get(trace, i)),
    );
  };
};

interface Betas {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay?: number;
}

const averages = (
  beta1: number,
  beta2: number,
): ((gradient: readonly number[]) => { m: number[]; v: number[] }) => {
  let [m, v]: [number[], number[]] = [[], []];
  return (gradient) => {
    m = gradient.map((g, i) => beta1 * (m[i] ?? 0) + (1 - beta1) * g);
    v = gradient.map((g, i) => beta2 * (v[i] ?? 0) + (1 - beta2) * g * g);
    return { m, v };
  };
};

/** Kingma & Ba 2015, Algorithm 1; with decay Loshchilov & Hutter 2019, Algorithm 2. */
export const adamReference = ({ beta1, beta2, epsilon, weightDecay = 0 }: Betas): Reference => {
  const next = averages(beta1, beta2);
  return (theta, gradient, rate, t) => {
    const { m, v } = next(gradient);
    return theta.map((x, i) => {
      const mean = get(m, i) / (1 - beta1 ** t);
      const root = Math.sqrt(get(v, i) / (1 - beta2 ** t));
      return x - rate * (mean / (root + epsilon) + weightDecay * x);
    });
  };
};

/** Liu et al. 2020, Algorithm 2, with the threshold 5 of its published code. */
export const rAdamReference = ({ beta1, beta2, epsilon, weightDecay = 0 }: Betas): Reference => {
  const next = averages(beta1, beta2);
  const limit = 2 / (1 - beta2) - 1;
  return (theta, gradient, rate, t) => {
    const { m, v } = next(gradient);
    const length = limit - (2 * t * beta2 ** t) / (1 - beta2 ** t);
    return theta.map((x, i) => {
      const mean = get(m, i) / (1 - beta1 ** t);
      if (length <= 5) return x - rate * (mean + weightDecay * x);
      const root = Math.sqrt(get(v, i) / (1 - beta2 ** t));
      const r = Math.sqrt(((length - 4) * (length - 2) * limit) / ((limit - 4) * (limit - 2) * length));
      return x - rate * ((r * mean) / (root + epsilon) + weightDecay * x);
    });
  };
};

/** Zhang et al. 2019, Algorithm 1. */
export const lookaheadReference = (inner: Reference, period: number, blend: number): Reference => {
  let slow: number[] | undefined;
  return (theta, gradient, rate, t) => {
    const start = slow ?? [...theta];
    const fast = inner(theta, gradient, rate, t);
    slow = t % period === 0 ? start.map((s, i) => s + blend * (get(fast, i) - s)) : start;
    return t % period === 0 ? [...slow] : fast;
  };
};

/** g·min(1, c / ‖g‖), Pascanu et al. 2013. */
export const clippedReference =
  (inner: Reference, maxNorm: number): Reference =>
  (theta, gradient, rate, t) => {
    const norm = Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0));
    const factor = norm > maxNorm ? maxNorm / norm : 1;
    return inner(
      theta,
      gradient.map((g) => g * factor),
      rate,
      t,
    );
  };
