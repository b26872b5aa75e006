// How long a call takes: the first is for the runtime to warm up. Slow calls are not repeated for ever.
import type { Latency } from '../result.ts';

/** Milliseconds after which no further call is made. */
const ENOUGH = 2000;

export const timed = async (call: () => Promise<unknown>, repeats: number): Promise<Latency> => {
  await call();
  const times: number[] = [];
  const end = performance.now() + ENOUGH;
  for (let i = 0; i < repeats && (i === 0 || performance.now() < end); i++) {
    const start = performance.now();
    await call();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return { median: times[times.length >> 1] ?? Number.NaN, min: times[0] ?? Number.NaN };
};
