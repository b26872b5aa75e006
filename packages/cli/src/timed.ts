// How long a phase of a command took, for --verbose.
import { duration } from './format.ts';
import type { Output } from './output.ts';
import { say } from './terminal.ts';

/** Does the work and says how long it took. */
export const timed = async <T>(output: Output, phase: string, work: () => Promise<T>): Promise<T> => {
  const began = performance.now();
  const done = await work();
  say(output, `time: ${phase} ${duration((performance.now() - began) / 1000)}`);
  return done;
};
