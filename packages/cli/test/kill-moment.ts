// When a process that trains is killed: by the clock, some milliseconds after a step was saved, or as soon as the file
// of a later one is being written. Steps instead of seconds, so that a busy machine meets the same moments.
import { existsSync, watch, type FSWatcher } from 'node:fs';
import { join } from 'node:path';

export type Moment =
  | { readonly type: 'after'; readonly milliseconds: number }
  | { readonly type: 'step'; readonly step: number; readonly milliseconds: number }
  | { readonly type: 'write'; readonly step: number };

/** The step that a file of the folder of checkpoints is of, whether it stands there or is still being written. */
const stepOf = (file: string): number => Number(/step-(\d+)/.exec(file)?.[1] ?? Number.NaN);

/** Calls `then` once at this moment of the run in the folder `run`; what it returns calls that off. */
export const atMoment = (run: string, moment: Moment, then: () => void): (() => void) => {
  if (moment.type === 'after') {
    const timer = setTimeout(then, moment.milliseconds);
    return () => clearTimeout(timer);
  }
  const folder = join(run, 'checkpoints');
  let watcher: FSWatcher | undefined;
  let later: NodeJS.Timeout | undefined;
  const seen = (file: string): void => {
    if (later !== undefined || !(stepOf(file) >= moment.step)) return;
    if (moment.type === 'step') later = setTimeout(then, moment.milliseconds);
    else if (file.endsWith('.tmp')) then();
  };
  const wait = setInterval(() => {
    if (!existsSync(folder)) return;
    clearInterval(wait);
    watcher = watch(folder, (_, file) => seen(file ?? ''));
  }, 5);
  return () => {
    clearInterval(wait);
    clearTimeout(later);
    watcher?.close();
  };
};
