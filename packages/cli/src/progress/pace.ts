// Speed and remaining time of a run, from the times at which its steps ended.

export interface Pace {
  readonly stepsPerSecond: number;
  /** Seconds to the last step; infinite before the second. */
  readonly remaining: number;
}

/** A function to call once after each step; it looks back over `window` steps, so that a slow start is forgotten. */
export const pacer = (now: () => number, window = 50): ((step: number, steps: number) => Pace) => {
  const times: number[] = [];
  return (step, steps) => {
    times.push(now());
    if (times.length > window + 1) times.shift();
    const elapsed = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000;
    const stepsPerSecond = elapsed > 0 ? (times.length - 1) / elapsed : 0;
    return { stepsPerSecond, remaining: (steps - step) / stepsPerSecond };
  };
};

/** A running mean that forgets: what a bar shows instead of one batch. */
export const smoother = (keep = 0.9): ((name: string, value: number) => number) => {
  const state = new Map<string, { mean: number; weight: number }>();
  return (name, value) => {
    const { mean, weight } = state.get(name) ?? { mean: 0, weight: 0 };
    const next = { mean: keep * mean + (1 - keep) * value, weight: keep * weight + (1 - keep) };
    state.set(name, next);
    return next.mean / next.weight;
  };
};
