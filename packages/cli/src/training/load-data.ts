// Loads the data of a run, with the check that a result has a score of every split: said before training, not after.
import { splitNotScored } from '../errors.ts';
import { say } from '../terminal.ts';
import { timed } from '../timed.ts';
import { interruptible } from './interruptible.ts';
import { sayPlan } from './say-plan.ts';
import type { RunSetting } from './setting.ts';

/** @throws CLI_SPLIT_NOT_SCORED, Interrupted, and what the dataset throws */
export const loadData = (setting: RunSetting): Promise<void> =>
  interruptible(async ({ signal }) => {
    const { pipeline, text, details } = setting;
    sayPlan(setting);
    const load = () => pipeline.load({ signal, onProgress: (line) => say(text, line) });
    const data = await timed(details, 'loading data', load);
    for (const split of ['train', 'validation', 'test'] as const) {
      if (data[split].size === 0) throw splitNotScored(split);
    }
  });
