// What --verbose adds to a run: how long each phase took, and every checkpoint.
import type { TrainEvent } from '@mapping-networks/core';
import { count, duration } from '../format.ts';

/** A function to call with every event; it answers with the line to print, if there is one. */
export const phases = (now: () => number): ((event: TrainEvent) => string | undefined) => {
  let [began, stepped, trained] = [now(), NaN, NaN];
  const seconds = (from: number, to: number): string => duration((to - from) / 1000);
  return (event) => {
    if (event.type === 'start') [began, stepped, trained] = [now(), NaN, NaN];
    if (event.type === 'step' || event.type === 'epoch' || event.type === 'checkpoint') trained = now();
    if (event.type === 'checkpoint') {
      return `checkpoint: step ${count(event.step)}${event.kind === 'best' ? ', the best on validation so far' : ''}`;
    }
    if (event.type === 'step' && Number.isNaN(stepped)) {
      stepped = trained;
      return `time: first step, compiled, ${seconds(began, stepped)}`;
    }
    if (event.type !== 'end' || Number.isNaN(stepped)) return undefined;
    return `time: training ${seconds(stepped, trained)}, scoring ${seconds(trained, now())}`;
  };
};
