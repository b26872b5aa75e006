// The law suite of callbacks.
import type { Part, TrainEvent } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { abortedRun, completedRun, resumedRun } from './callback/sample-runs.ts';
import { tensorLeak, wrongValue } from './errors.ts';
import { law, type Law } from './law.ts';

/** Which events `callbackLaws` tells. */
export interface CallbackLawOptions {
  /** The events of one run, from `start` to `end`. Default: three epochs of four steps, with a warning. */
  readonly events?: readonly TrainEvent[];
}

/**
 * What every callback must keep: it answers every event of a completed, an aborted and a resumed run, which goes back a few steps
 * once, with `'stop'` or nothing; it changes no event (trainables are those that training goes on with); what it
 * remembers begins anew with each run, resumed ones included; it keeps no tensor. Whatever it writes or prints, it writes and prints here too.
 *
 * @example
 * ```ts
 * import { callbackLaws } from '@mapping-networks/conformance';
 * import { callback } from '@mapping-networks/train';
 * const stopAtOnce = callback({ on: ({ type }) => (type === 'step' ? 'stop' : undefined) });
 * for (const law of callbackLaws(stopAtOnce)) await law.check();
 * ```
 */
export const callbackLaws = (
  { impl }: Part<'callback'>,
  { events = completedRun() }: CallbackLawOptions = {},
): readonly Law[] => {
  const answersTo = async (run: readonly TrainEvent[]): Promise<readonly unknown[]> => {
    const answers: unknown[] = [];
    for (const event of run) answers.push(await impl.on(event));
    return answers;
  };
  return [
    law('every event is answered with stop or nothing', async () => {
      for (const run of [events, abortedRun(), resumedRun()]) {
        const odd = (await answersTo(run)).find((answer) => answer !== undefined && answer !== 'stop');
        if (odd !== undefined)
          throw wrongValue('answer', "'stop' or nothing", odd, 'Return nothing where training goes on.');
      }
    }),
    law('events stay as they are', async () => {
      const told = structuredClone(events);
      await answersTo(told);
      const [expected, received] = [events, told].map((value) => JSON.stringify(value));
      if (received !== expected) throw wrongValue('events afterwards', expected, received, COPY);
    }),
    law('what it remembers begins anew with each run', async () => {
      for (const run of [events, resumedRun()]) {
        await answersTo(abortedRun());
        const [first, second] = [await answersTo(run), await answersTo(run)].map((value) =>
          JSON.stringify(value),
        );
        if (second !== first)
          throw wrongValue(
            'answers to a second run',
            first,
            second,
            "Forget the run before at every 'start'.",
          );
      }
    }),
    law('no tensor is kept', async () => {
      const before = tf.memory().numTensors;
      await answersTo(events);
      const kept = tf.memory().numTensors - before;
      if (kept !== 0) throw tensorLeak('on', kept);
    }),
  ];
};

const COPY = 'Copy what is to be changed.';
