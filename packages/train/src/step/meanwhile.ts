// An engine that computes beside JavaScript leaves it free to prepare what comes next.

/**
 * Waits for work that has been started, and calls `prepare` until then. Nothing is left running: a `prepare` that throws
 * is heard when the work is over, and a failure of the work before it.
 */
export const meanwhile = async <T, U>(
  work: Promise<T>,
  prepare: () => U,
): Promise<readonly [result: T, prepared: U]> => {
  const preparing = async (): Promise<U> => prepare();
  const [, prepared] = await Promise.allSettled([work, preparing()]);
  const result = await work;
  if (prepared.status === 'rejected') throw prepared.reason;
  return [result, prepared.value];
};
