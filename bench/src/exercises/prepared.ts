// A piece of work that is ready to be repeated, and how it is timed.

export interface Prepared {
  /** From nothing (no engine, no step compiled) to the first result. */
  readonly firstMs: number;
  /** Threads that compute, where the engine says. */
  readonly threads: number | undefined;
  /** Milliseconds of each of `count` repetitions. */
  run(count: number): Promise<readonly number[]>;
}

/** Milliseconds that `work` takes. */
export const timed = async (work: () => unknown): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

/** Repetitions of `work`, each timed. */
export const repeated =
  (work: () => unknown): Prepared['run'] =>
  async (count) => {
    const times: number[] = [];
    while (times.length < count) times.push(await timed(work));
    return times;
  };
