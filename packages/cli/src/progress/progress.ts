// Shows a run while it trains: a bar on a terminal, plain lines everywhere else. Both print the same lines for the
// same events; the bar only adds what lies between two of them.
import type { TrainEvent } from '@mapping-networks/core';
import { duration, scores } from '../format.ts';
import { bar, type Bar, type Screen } from './bar.ts';
import { eventLine } from './event-lines.ts';
import { pacer } from './pace.ts';

/**
 * Where text goes: a stream such as `process.stdout`. With `isTTY` true, progress redraws a line no wider than
 * `columns`.
 */
export interface Output extends Screen {
  readonly isTTY?: boolean;
}

/** Between two lines about steps when nothing is redrawn. */
const quietSeconds = 10;

/**
 * A listener for training events that writes to `output`.
 *
 * @example
 * ```ts
 * import { progress } from '@mapping-networks/cli';
 * const show = progress(process.stdout);
 * show({ type: 'warning', code: 'DEMO', message: 'something to know' }); // warning: something to know
 * ```
 */
export const progress = (output: Output, now: () => number = Date.now): ((event: TrainEvent) => void) =>
  output.isTTY === true ? onTerminal(output, now) : inLines(output, now);

const onTerminal = (output: Output, now: () => number): ((event: TrainEvent) => void) => {
  let shown: Bar | undefined;
  return (event) => {
    if (event.type === 'start') shown = bar(output, event.epochs, now);
    if (event.type === 'step') {
      shown?.step(event);
      return;
    }
    shown?.clear();
    const line = eventLine(event);
    if (line !== undefined) output.write(`${line}\n`);
  };
};

const inLines = (output: Output, now: () => number): ((event: TrainEvent) => void) => {
  const pace = pacer(now);
  let last = now();
  return (event) => {
    const line = event.type === 'step' ? stepLine(event) : eventLine(event);
    if (line === undefined) return;
    last = now();
    output.write(`${line}\n`);
  };

  function stepLine(event: Extract<TrainEvent, { type: 'step' }>): string | undefined {
    const { stepsPerSecond, remaining } = pace(event.step, event.steps);
    if (now() - last < quietSeconds * 1000) return undefined;
    const scored = scores({ loss: event.loss, ...event.metrics });
    return `step ${event.step}/${event.steps} | ${scored} | ${stepsPerSecond.toFixed(1)} steps/s | ETA ${duration(remaining)}`;
  }
};
