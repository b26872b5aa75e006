// One format in a process of its own: a reader that never comes back, or that brings the process down, is found by the
// parent. Arguments: the name of the format, hostile cases, seed, milliseconds a case.
import { campaign } from './oracle/campaign.ts';
import { FORMATS } from './formats/all.ts';

/** What this process tells its parent. */
export type Message =
  | { readonly type: 'case'; readonly index: number }
  | {
      readonly type: 'report';
      readonly report: Awaited<ReturnType<typeof campaign>>;
      readonly peakBytes: number;
    };

/** Ends when the message, and all before it, have left this process. */
const send = (message: Message): Promise<void> =>
  new Promise((resolve) => void process.send?.(message, undefined, undefined, () => resolve()));

const [name = '', hostile = '', seed = '', mostMs = ''] = process.argv.slice(2);
const format = FORMATS.find((each) => each.name === name);
if (format === undefined) throw new Error(`There is no format '${name}'.`);

const peak = (): number => process.resourceUsage().maxRSS * 1024;
const before = peak();
const report = await campaign(format, {
  hostile: Number(hostile),
  seed: Number(seed),
  mostMs: Number(mostMs),
  onCase: (index) => void send({ type: 'case', index }),
});
await send({ type: 'report', report, peakBytes: peak() - before });
process.disconnect?.();
