// Every error that the command itself words. Errors of the libraries pass through unchanged.
import { MappingNetworksError, reasonOf, shown, suggestion } from '@mapping-networks/core';

/** The words of a cause, of bounded length, ended by a full stop. */
const sentence = (cause: unknown): string => `${reasonOf(cause)}.`;

const error = (code: string, problem: string, remedy: string, cause?: unknown): MappingNetworksError =>
  new MappingNetworksError({ code: `CLI_${code}`, problem, remedy, cause });

export const badAssignment = (text: string): MappingNetworksError =>
  error(
    'BAD_ASSIGNMENT',
    `Expected --set path=value, got '${text}'.`,
    "Write for example --set parameterization.projection=oneHot or --set 'target.hidden=[64,32]'.",
  );

/** When a list or an object of --set lost the quotes in it to the shell. */
export const unquoted = (text: string): MappingNetworksError =>
  error(
    'BAD_ASSIGNMENT',
    `--set ${text}: what begins with [ or { has to be JSON, and this is none.`,
    `Quote the words in it, and all of it for the shell, such as --set 'engine.providers=["cuda","cpu"]'.`,
  );

/** When the path of --set goes through a value that is no plugin and no object. */
export const notAnOption = (path: string, at: string): MappingNetworksError =>
  error(
    'NOT_AN_OPTION',
    `--set ${path}: '${at}' is a plain value and has no options of its own.`,
    'Set the value itself, or correct the path.',
  );

export const configNotFound = (path: string): MappingNetworksError =>
  error(
    'CONFIG_NOT_FOUND',
    `There is no config file '${path}'.`,
    'Correct --config, or make one with: mapnet init',
  );

export const severalConfigs = (names: readonly string[]): MappingNetworksError =>
  error(
    'SEVERAL_CONFIGS',
    `Found ${names.join(' and ')} in this folder.`,
    'Keep one, or name one with --config.',
  );

/** When a config file is no JSON, or throws while it is imported. */
export const configUnreadable = (path: string, cause: unknown): MappingNetworksError =>
  error(
    'CONFIG_UNREADABLE',
    `Cannot read the config file '${path}': ${sentence(cause)}`,
    'Correct the file; --debug shows where it fails.',
    cause,
  );

export const configWithoutDefault = (path: string, received: unknown): MappingNetworksError => {
  const got = received === undefined ? 'nothing' : shown(received);
  return path.endsWith('.json')
    ? error(
        'CONFIG_WITHOUT_DEFAULT',
        `Expected '${path}' to hold a config object, got ${got}.`,
        'Write for example: { "target": "cnn2", "dataset": "glyphs", "latentDim": 2048 }',
      )
    : error(
        'CONFIG_WITHOUT_DEFAULT',
        `Expected '${path}' to export a config object as its default, got ${got}.`,
        'Write: export default defineConfig({ ... })',
      );
};

export const fileExists = (path: string): MappingNetworksError =>
  error('FILE_EXISTS', `'${path}' exists already.`, 'Pass --force to replace it.');

/** When --out is a folder that holds something, and --force is not given. */
export const runExists = (folder: string): MappingNetworksError =>
  error(
    'RUN_EXISTS',
    `'${folder}' already holds files.`,
    'Name another folder with --out, or pass --force to write over the run in it.',
  );

/** The same where what it holds is a run that can be resumed. */
export const runCutShort = (folder: string, resume: string): MappingNetworksError =>
  error(
    'RUN_EXISTS',
    `'${folder}' already holds a run that is not finished.`,
    `Go on with it: ${resume}; or name another folder with --out, or pass --force to write over it.`,
  );

export const notAFolder = (folder: string, file: string): MappingNetworksError =>
  error('NOT_A_FOLDER', `Cannot write to '${folder}': '${file}' is a file.`, 'Name a folder with --out.');

export const unwritable = (folder: string, cause: unknown): MappingNetworksError =>
  error(
    'UNWRITABLE',
    `Cannot write to '${folder}': ${sentence(cause)}`,
    'Name a folder that you may write to with --out.',
    cause,
  );

/** `latent` is the folder of an export in it that can be read like a run. */
export const noRun = (folder: string, latent?: string): MappingNetworksError =>
  error(
    'NO_RUN',
    `'${folder}' is not a run folder: it holds no config.json.`,
    latent === undefined
      ? 'Name the folder that mapnet train wrote (its --out, or one in runs/).'
      : `It holds exports. Name '${latent}', which can be read like a run.`,
  );

export const unwritableReport = (path: string, cause: unknown): MappingNetworksError =>
  error(
    'UNWRITABLE_REPORT',
    `Cannot write the report to '${path}': ${sentence(cause)}`,
    'Name a file in a folder that exists and that you may write to with --out.',
    cause,
  );

/** When a run names a plugin that is neither built in nor in the config file. */
export const unknownPlugin = (folder: string, cause: unknown): MappingNetworksError =>
  error(
    'UNKNOWN_PLUGIN',
    `Cannot read the run '${folder}': ${sentence(cause)}`,
    'If it was trained with a plugin of your own, name the config file that lists it with --config.',
    cause,
  );

/** The same for a run that is to be resumed. */
export const pluginMissing = (
  run: string,
  cause: unknown,
  configFile: string | undefined,
): MappingNetworksError =>
  error(
    'UNKNOWN_PLUGIN',
    `Cannot resume the run '${run}': ${sentence(cause)}`,
    configFile === undefined
      ? 'If it was trained with a plugin of your own, name the config file that lists it with --config.'
      : `It was trained with the plugins of a config file, '${configFile}' as seen from there: name it with --config.`,
    cause,
  );

export const unknownKind = (kind: string, known: readonly string[]): MappingNetworksError =>
  error('UNKNOWN_KIND', `There is no plugin of kind '${kind}'.`, suggestion(kind, known));

/** What `mapnet doctor` ends with when something is broken. */
export const unwell = (topics: readonly string[]): MappingNetworksError =>
  error(
    'UNWELL',
    `${topics.length === 1 ? 'One thing is' : `${topics.length} things are`} broken: ${topics.join(', ')}.`,
    'What to do stands below each of them, then run again: mapnet doctor',
  );

/** When record.json of a run is damaged, or another file of that name. */
export const unreadableRecord = (path: string, cause: unknown): MappingNetworksError =>
  error(
    'UNREADABLE_RECORD',
    `Cannot read '${path}' as the record of a run: ${sentence(cause)}`,
    'Restore it from the run folder, or delete it: the network itself does not need it.',
    cause,
  );

/** When run.json of a run is damaged, or another file of that name. */
export const unreadableRunFile = (path: string, cause: unknown): MappingNetworksError =>
  error(
    'UNREADABLE_RUN_FILE',
    `Cannot read '${path}' as the plan of a run: ${sentence(cause)}`,
    'Restore it from a copy; without it the run cannot be resumed.',
    cause,
  );

/** When seeds.json of a folder of runs is damaged, or another file of that name. */
export const unreadableSeedsFile = (path: string, cause: unknown): MappingNetworksError =>
  error(
    'UNREADABLE_SEEDS_FILE',
    `Cannot read '${path}' as the plan of several runs: ${sentence(cause)}`,
    'Restore it from a copy, or resume each of the folders below it.',
    cause,
  );

/** When a line of log.jsonl other than its last is damaged. */
export const unreadableLog = (path: string, line: number, cause: unknown): MappingNetworksError =>
  error(
    'UNREADABLE_LOG',
    `Cannot read line ${line} of '${path}': ${sentence(cause)}`,
    'Restore it from a copy, or delete it: only reports need it.',
    cause,
  );

/** When resume gets a folder from which no run can go on. */
export const notResumable = (folder: string, is: string): MappingNetworksError =>
  error(
    'NOT_RESUMABLE',
    `'${folder}' cannot be resumed: ${is}.`,
    'Train it again with mapnet train; runs of this version are resumable from their first step.',
  );

/** When a command that needs the network of a run gets one that was cut short before it was saved. */
export const unfinished = (folder: string, resume: string): MappingNetworksError =>
  error(
    'UNFINISHED',
    `The run in '${folder}' is not finished: its network has not been saved yet.`,
    `Go on with it, unless it is still running: ${resume}; or look at it as it is: mapnet report, or mapnet eval with --checkpoint latest.`,
  );

export const noCheckpoint = (folder: string, which: string): MappingNetworksError =>
  error(
    'NO_CHECKPOINT',
    `There is no ${which} checkpoint in '${folder}'.`,
    'Leave out --checkpoint for the network that was saved.',
  );

/** A write to a run folder failed; `kept` says what is safe, `resume` how to go on. */
export const cannotSave = (
  folder: string,
  cause: unknown,
  kept: string,
  resume: string,
): MappingNetworksError =>
  error(
    'CANNOT_SAVE',
    `Cannot write to the run folder '${folder}': ${sentence(cause)}`,
    `${kept} Make room there or the folder writable, then go on with: ${resume}`,
    cause,
  );

export const folderGone = (folder: string, cause: unknown, resume: string): MappingNetworksError =>
  error(
    'FOLDER_GONE',
    `The run folder '${folder}' has gone while it was trained on.`,
    `Put it back where it was, then go on with: ${resume}`,
    cause,
  );

/** When a command that needs one run gets the folder of several. */
export const severalRuns = (folder: string, first: string): MappingNetworksError =>
  error(
    'SEVERAL_RUNS',
    `'${folder}' holds several runs, one a seed.`,
    `Name one of them, such as ${folder}/${first}.`,
  );

export const noDataset = (run: string): MappingNetworksError =>
  error('NO_DATASET', `'${run}' does not say on which dataset it was trained.`, 'Name one with --dataset.');

/** When a run is to be measured or looked at on a split that its dataset leaves empty. */
export const emptySplit = (dataset: string, split: string): MappingNetworksError =>
  error(
    'EMPTY_SPLIT',
    `The ${split} split of ${dataset} has no examples.`,
    'Name another split with --split.',
  );

/** Before training, when a result would lack its score on the train or the test split. Validation may be empty. */
export const splitNotScored = (split: string): MappingNetworksError =>
  error(
    'SPLIT_NOT_SCORED',
    `The ${split} split of the dataset is empty, so that it has no score.`,
    'Give the dataset a larger share for it.',
  );

export const notEnough = (flags: readonly string[], file: string | undefined): MappingNetworksError =>
  error(
    'NOT_ENOUGH',
    `There is no ${flags.join(', no ')}${file === undefined ? ' and no mapnet.config.* in this folder' : `, and ${file} does not say either`}.`,
    'For example: mapnet train --target cnn2 --dataset glyphs --latent-dim 2048; or write a config file with: mapnet init',
  );
