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
    `Write for example --set parameterization.projection=oneHot or --set target.hidden=[64,32].`,
  );

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

export const runExists = (folder: string): MappingNetworksError =>
  error(
    'RUN_EXISTS',
    `'${folder}' already holds files.`,
    'Name another folder with --out, or pass --force to write over the run in it.',
  );

export const runCutShort = (folder: string, resume: string): MappingNetworksError =>
  error(
    'RUN_EXISTS',
    `'${folder}' already holds a run that was cut short.`,
    `Finish it with: ${resume}; or name another folder with --out, or pass --force to write over it.`,
  );

export const notAFolder = (folder: string, file: string): MappingNetworksError =>
  error(
    'NOT_A_FOLDER',
    `Cannot write a run to '${folder}': '${file}' is a file.`,
    'Name a folder with --out.',
  );

export const unwritable = (folder: string, cause: unknown): MappingNetworksError =>
  error(
    'UNWRITABLE',
    `Cannot write a run to '${folder}': ${sentence(cause)}`,
    'Name a folder that you may write to with --out.',
    cause,
  );

export const noRun = (folder: string): MappingNetworksError =>
  error(
    'NO_RUN',
    `'${folder}' is not a run folder: it holds no config.json.`,
    'Name the folder that mapnet train wrote (its --out, or one in runs/).',
  );

export const unwritableReport = (path: string, cause: unknown): MappingNetworksError =>
  error(
    'UNWRITABLE_REPORT',
    `Cannot write the report to '${path}': ${sentence(cause)}`,
    'Name a file in a folder that exists and that you may write to with --out.',
    cause,
  );

export const unknownPlugin = (folder: string, cause: unknown): MappingNetworksError =>
  error(
    'UNKNOWN_PLUGIN',
    `Cannot read the run '${folder}': ${sentence(cause)}`,
    'If it was trained with a plugin of your own, name the config file that lists it with --config.',
    cause,
  );

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

export const notAPng = (path: string, cause: unknown): MappingNetworksError =>
  error(
    'NOT_A_PNG',
    `Cannot read '${path}' as a PNG: ${sentence(cause)}`,
    'Pass a PNG picture or an IDX file of pictures (such as t10k-images-idx3-ubyte, plain or .gz).',
    cause,
  );

export const wrongPictureSize = (
  path: string,
  received: readonly [height: number, width: number],
  expected: readonly [height: number, width: number],
): MappingNetworksError =>
  error(
    'WRONG_PICTURE_SIZE',
    `Expected pictures of ${expected.join('×')} pixels, '${path}' has ${received.join('×')} (height×width).`,
    `Scale it first, for example with ImageMagick: magick ${path} -resize ${expected[1]}x${expected[0]}! scaled.png`,
  );

export const fileNotFound = (path: string): MappingNetworksError =>
  error('FILE_NOT_FOUND', `There is no file '${path}'.`, 'Correct the path.');

export const fileUnreadable = (path: string, cause: unknown): MappingNetworksError =>
  error(
    'FILE_UNREADABLE',
    `Cannot read '${path}': ${sentence(cause)}`,
    'Pass PNG or IDX files, not folders; a shell lists the files of one with folder/*.png.',
    cause,
  );

export const unreadableRecord = (path: string, cause: unknown): MappingNetworksError =>
  error(
    'UNREADABLE_RECORD',
    `Cannot read '${path}' as the record of a run: ${sentence(cause)}`,
    'Restore it from the run folder, or delete it: the network itself does not need it.',
    cause,
  );

export const unreadableRunFile = (path: string, cause: unknown): MappingNetworksError =>
  error(
    'UNREADABLE_RUN_FILE',
    `Cannot read '${path}' as the plan of a run: ${sentence(cause)}`,
    'Restore it from a copy; without it the run cannot be resumed.',
    cause,
  );

export const unreadableSeedsFile = (path: string, cause: unknown): MappingNetworksError =>
  error(
    'UNREADABLE_SEEDS_FILE',
    `Cannot read '${path}' as the plan of several runs: ${sentence(cause)}`,
    'Restore it from a copy, or resume each of the folders below it.',
    cause,
  );

export const unreadableLog = (path: string, line: number, cause: unknown): MappingNetworksError =>
  error(
    'UNREADABLE_LOG',
    `Cannot read line ${line} of '${path}': ${sentence(cause)}`,
    'Restore it from a copy, or delete it: only reports need it.',
    cause,
  );

export const notResumable = (folder: string, is: string): MappingNetworksError =>
  error(
    'NOT_RESUMABLE',
    `'${folder}' cannot be resumed: ${is}.`,
    'Train it again with mapnet train; runs of this version are resumable from their first step.',
  );

export const unfinished = (folder: string, resume: string): MappingNetworksError =>
  error(
    'UNFINISHED',
    `The run in '${folder}' was cut short before its network was saved.`,
    `Finish it with: ${resume}; or measure a checkpoint of it: mapnet eval with --checkpoint latest.`,
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

export const severalRuns = (folder: string, first: string): MappingNetworksError =>
  error(
    'SEVERAL_RUNS',
    `'${folder}' holds several runs, one a seed.`,
    `Name one of them, such as ${folder}/${first}.`,
  );

export const noDataset = (run: string): MappingNetworksError =>
  error('NO_DATASET', `'${run}' does not say on which dataset it was trained.`, 'Name one with --dataset.');

export const noDataSummary = (run: string): MappingNetworksError =>
  error(
    'NO_DATA_SUMMARY',
    `The bundle in '${run}' does not say what its inputs are.`,
    'Save it with the data summary of a dataset; mapnet train does so.',
  );

export const notForPictures = (run: string, shape: readonly number[]): MappingNetworksError =>
  error(
    'NOT_FOR_PICTURES',
    `The network in '${run}' takes inputs of shape [${shape.join(', ')}], which are not pictures.`,
    'Call it from a program: predict from the mapping-networks package.',
  );

export const wrongIdxShape = (path: string, shape: readonly number[]): MappingNetworksError =>
  error(
    'WRONG_IDX_SHAPE',
    `Expected '${path}' to hold pictures, [count, height, width], got shape [${shape.join(', ')}].`,
    'Pass the file with the images, not the one with the labels.',
  );

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
