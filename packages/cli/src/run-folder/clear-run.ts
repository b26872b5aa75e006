// What goes when a run is written over: all that mapnet made of the old one in its folder, and nothing else.
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { clearExport } from '../export/clear-export.ts';
import { EXPORTS } from '../export/read-export.ts';
import { say } from '../terminal.ts';
import type { RunSetting } from '../training/setting.ts';
import { BUNDLE, CHECKPOINTS, LOG, RECORD, REPORT, RUN, SEEDS, SENSITIVITY } from './files.ts';

/** What there was of a run that anyone could miss. */
export interface Cleared {
  readonly run: boolean;
  readonly exports: boolean;
}

/**
 * Removes a run: its record first, so that what is left of it never passes for done, then what it could be resumed
 * from, then its network, then what was exported of it to its folder. Files that are no part of these stay.
 */
export const clearRun = async (folder: string): Promise<Cleared> => {
  const checkpoints: readonly string[] = await readdir(join(folder, CHECKPOINTS)).catch(() => []);
  const run =
    checkpoints.length > 0 || [RECORD, SEEDS, ...BUNDLE].some((name) => existsSync(join(folder, name)));
  for (const name of [RECORD, SEEDS, RUN, CHECKPOINTS, LOG, REPORT, SENSITIVITY, ...BUNDLE])
    await rm(join(folder, name), { recursive: true, force: true });
  return { run, exports: await clearExport(join(folder, EXPORTS)) };
};

/** One line, where there was something. */
export const sayCleared = ({ text }: Pick<RunSetting, 'text'>, what: string, cleared: Cleared): void => {
  if (cleared.run) say(text, `writing over ${what}${cleared.exports ? ' and what was exported of it' : ''}`);
  else if (cleared.exports) say(text, `removing what was exported of ${what}`);
};
