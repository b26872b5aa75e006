// Work on a list, a few at a time.

/** Calls `work` for the items in their order, at most `jobs` at a time; none is begun once `signal` is aborted. */
export const inParallel = async <T>(
  items: readonly T[],
  jobs: number,
  signal: AbortSignal,
  work: (item: T) => Promise<void>,
): Promise<void> => {
  const queue = items.values();
  const worker = async (): Promise<void> => {
    while (!signal.aborted) {
      const { value, done } = queue.next();
      if (done) return;
      await work(value);
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, items.length) }, worker));
};
