// What the processes of a benchmark say to each other: one JSON object a line, requests in, answers out. Workers in
// Node and in Python speak the same.
import { z } from 'zod';

export type Request =
  /** Repeat the work so many times, then rest: threads may look for more work for a while (OpenBLAS: a tenth of a second). */
  | { readonly type: 'run'; readonly count: number; readonly restMs: number }
  /** Tell the peak memory, and end. */
  | { readonly type: 'end' };

const answer = z.discriminatedUnion('type', [
  /** Once, after the first result: the time to it, and how many threads compute. */
  z.strictObject({ type: z.literal('ready'), firstMs: z.number(), threads: z.number().optional() }),
  /** Once, instead of the former: what stands in the way. */
  z.strictObject({ type: z.literal('skip'), reason: z.string() }),
  /** To `run`. Processor seconds of the process before, and after its rest: between turns it should take none. */
  z.strictObject({
    type: z.literal('times'),
    ms: z.array(z.number()),
    cpuBefore: z.number(),
    cpuAfter: z.number(),
  }),
  /** To `end`. */
  z.strictObject({ type: z.literal('peak'), mb: z.number() }),
]);

export type Answer = z.infer<typeof answer>;

/** A line of a worker's output; undefined for what libraries print. */
export const parseAnswer = (line: string): Answer | undefined => {
  if (!line.startsWith('{"type"')) return undefined;
  return answer.parse(JSON.parse(line));
};
