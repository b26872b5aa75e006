// `mapnet resume`: goes on with what `mapnet train` could not finish, one run or several.
import { pipelineFrom } from 'mapping-networks';
import { join, resolve } from 'node:path';
import { resumeCommand } from '../command-line.ts';
import { withParts } from '../config/recorded-parts.ts';
import { openWorkspace } from '../config/workspace.ts';
import { pluginMissing, unreadableRunFile } from '../errors.ts';
import { progress } from '../progress/progress.ts';
import { RUN } from '../run-folder/files.ts';
import { readSeedsFile } from '../run-folder/seeds-file.ts';
import { saySeeds } from '../seeds/say-seeds.ts';
import { resumeSeeds } from '../seeds/train-seeds.ts';
import { sayResult } from '../summary.ts';
import { details, words, type OutputOptions, type Terminal } from '../terminal.ts';
import { locked } from '../training/locked.ts';
import { resumeRun, type ResumeSetting, type ResumeWish } from '../training/resume-run.ts';

export interface ResumeOptions extends ResumeWish, OutputOptions {
  readonly config?: string | undefined;
}

/** @throws Interrupted on Ctrl-C and SIGTERM, and what `resumeRun` and `resumeSeeds` throw */
export const resume = async (run: string, options: ResumeOptions, terminal: Terminal): Promise<void> => {
  const { file, registry } = await openWorkspace(terminal, options.config);
  const text = words(terminal, options);
  const place: ResumeSetting = {
    folder: resolve(terminal.folder, run),
    path: run,
    resume: resumeCommand(run, options.config),
    text,
    details: details(terminal, options),
    show: progress(text, { verbose: options.verbose }),
    pipelineOf: (config, configFile) => {
      try {
        return pipelineFrom(withParts(config, file?.config), registry);
      } catch (cause) {
        const unknown = cause instanceof Error && 'code' in cause && cause.code === 'CORE_UNKNOWN_NAME';
        throw unknown ? pluginMissing(run, cause, configFile) : unreadableRunFile(join(run, RUN), cause);
      }
    },
  };
  const several = await readSeedsFile(place.folder);
  if (several) {
    const result = await locked(place, () => resumeSeeds(place, several, options));
    saySeeds(result, options, terminal);
  } else {
    sayResult(await resumeRun(place, options), options, terminal);
  }
};
