// What --verbose says before a run: everything that it is made of, and where it goes.
import { pageWidth } from '../output.ts';
import { configLines } from '../spec-text.ts';
import { say } from '../terminal.ts';
import type { RunSetting } from './setting.ts';

export const sayPlan = ({ pipeline, folder, details }: RunSetting): void => {
  const plan = { ...pipeline.record, 'run folder': folder };
  for (const line of configLines(plan, pageWidth(details))) say(details, line);
};
