// Loads the data of a run, with the check that a result will have its scores: said before training, not after. Only
// validation may be left out.
import { splitNotScored } from '../errors.ts';
import { say } from '../terminal.ts';
import { timed } from '../timed.ts';
import { interruptible, type Interruption } from './interruptible.ts';
import { sayPlan } from './say-plan.ts';
import type { RunSetting } from './setting.ts';

/**
 * `begun` where something stands in the folder already that can be gone on with.
 *
 * @throws CLI_SPLIT_NOT_SCORED, Interrupted, and what the dataset throws
 */
export const loadData = (setting: RunSetting, begun: boolean): Promise<void> => {
  const { pipeline, text, details, resume } = setting;
  const load = async ({ signal }: Interruption): Promise<void> => {
    sayPlan(setting);
    const read = () => pipeline.load({ signal, onProgress: (line) => say(text, line) });
    const data = await timed(details, 'loading data', read);
    for (const split of ['train', 'test'] as const) {
      if (data[split].size === 0) throw splitNotScored(split);
    }
  };
  return begun
    ? interruptible(load, `interrupted while loading data; what was saved stays\ngo on with: ${resume}`)
    : interruptible(load);
};
