// What --verbose says before a run: everything that it is made of, and where it goes.
import { configLines } from '../spec-text.ts';
import { say } from '../terminal.ts';
import type { RunSetting } from './setting.ts';

export const sayPlan = ({ pipeline, folder, details }: RunSetting): void => {
  for (const line of configLines({ ...pipeline.record, 'run folder': folder })) say(details, line);
};
