// Every error that `datasets` throws, one function each. Nowhere else in the package is an error worded.
import { MappingNetworksError, shown } from '@mapping-networks/core';

const error = (code: string, problem: string, remedy: string, cause?: unknown): MappingNetworksError =>
  new MappingNetworksError({ code: `DATASETS_${code}`, problem, remedy, cause });

const shape = (sides: readonly number[]): string => `[${sides.join(', ')}]`;
const grouped = (count: number): string => count.toLocaleString('en-US');
const replaceIt = 'Replace it by the official file, or delete it so that it is downloaded anew.';

/** A file that is not IDX with unsigned bytes. `start` holds its first bytes. */
export const foreignFile = (file: string, start: Uint8Array): MappingNetworksError => {
  const hex = Array.from(start.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return error(
    'FOREIGN_FILE',
    `${file}: expected an IDX file of unsigned bytes (it begins 00 00 08, then 01 to 08 dimensions), raw or gzipped, but it begins ${hex || 'nowhere: it is empty'}.`,
    replaceIt,
  );
};

export const truncatedFile = (file: string, expected: number, received: number): MappingNetworksError =>
  error(
    'TRUNCATED_FILE',
    `${file}: expected ${grouped(expected)} bytes of IDX, got ${grouped(received)}.`,
    replaceIt,
  );

export const trailingBytes = (file: string, expected: number, received: number): MappingNetworksError =>
  error(
    'TRAILING_BYTES',
    `${file}: its header promises ${grouped(expected)} bytes of IDX, but it holds ${grouped(received)}.`,
    replaceIt,
  );

export const corruptGzip = (file: string, cause: unknown): MappingNetworksError =>
  error(
    'CORRUPT_GZIP',
    `${file}: cannot be decompressed (${reasonOf(cause)}): it is cut off or damaged.`,
    replaceIt,
    cause,
  );

export const oversizedFile = (file: string, limit: number): MappingNetworksError =>
  error(
    'OVERSIZED_FILE',
    `${file}: holds more than ${grouped(limit)} bytes, more than such a file can.`,
    replaceIt,
  );

export const unreadableFile = (file: string, cause: unknown): MappingNetworksError =>
  error(
    'UNREADABLE_FILE',
    `${file}: cannot be read (${reasonOf(cause)}).`,
    'Check that it is a file and that you may read it.',
    cause,
  );

export const unexpectedShape = (
  file: string,
  expected: readonly (number | string)[],
  received: readonly number[],
): MappingNetworksError =>
  error(
    'UNEXPECTED_SHAPE',
    `${file}: expected shape [${expected.join(', ')}], got ${shape(received)}.`,
    replaceIt,
  );

export const unequalCounts = (
  images: string,
  imageCount: number,
  labels: string,
  labelCount: number,
): MappingNetworksError =>
  error(
    'UNEQUAL_COUNTS',
    `${images} holds ${grouped(imageCount)} images, but ${labels} holds ${grouped(labelCount)} labels.`,
    'Put the two files of the same download side by side.',
  );

export const labelOutOfRange = (
  where: string,
  index: number,
  label: number,
  classes: number,
): MappingNetworksError =>
  error(
    'LABEL_OUT_OF_RANGE',
    `${where}: label ${index} is ${label}, expected a whole number of 0 to ${classes - 1}.`,
    'Check that these labels belong to this dataset.',
  );

export const missingFiles = (
  title: string,
  folder: string,
  missing: readonly string[],
): MappingNetworksError =>
  error(
    'MISSING_FILES',
    `${title}: expected all four files in ${folder}, but there is no ${missing.join(', no ')}.`,
    'Put them there under these names, with or without .gz, or name another folder (option folder).',
  );

/** One mirror's failure. */
export interface Attempt {
  readonly url: string;
  readonly reason: string;
}

export const downloadFailed = (
  title: string,
  attempts: readonly Attempt[],
  sha256: string,
  path: string,
  proxies: readonly string[],
): MappingNetworksError =>
  error(
    'DOWNLOAD_FAILED',
    `${title}: no mirror gave the file. ${attempts.map(({ url, reason }) => `${url}: ${reason}.`).join(' ')}${proxies.length === 0 ? '' : ` By the proxy of the environment: ${proxies.join(', ')}.`}`,
    `Fetch it by hand (SHA-256 ${sha256}) and save it as ${path}; or, if you have the files, put their folder into the option folder or the folder above it into the environment variable MAPPING_NETWORKS_DATA; or use glyphs, which needs no download.`,
  );

export const unwritableFolder = (folder: string, cause: unknown): MappingNetworksError =>
  error(
    'UNWRITABLE_FOLDER',
    `The cache folder ${folder} cannot be made (${reasonOf(cause)}).`,
    'Name one that can be written in the environment variable MAPPING_NETWORKS_CACHE.',
    cause,
  );

/** A disk that is full, a folder where nothing may be written. */
export const unstorable = (path: string, cause: unknown): MappingNetworksError =>
  error(
    'UNSTORABLE',
    `The download of ${path} cannot be stored (${reasonOf(cause)}).`,
    'Make room there, or name a folder that can be written in the environment variable MAPPING_NETWORKS_CACHE; what has arrived is kept and taken up by the next download.',
    cause,
  );

/** The value is not shown: it may hold a password. */
export const badProxy = (variable: string): MappingNetworksError =>
  error(
    'BAD_PROXY',
    `The environment variable ${variable} does not hold the URL of an HTTP proxy.`,
    'Write it as http://host:port, or unset it.',
  );

export const needsFileSystem = (title: string): MappingNetworksError =>
  error(
    'NEEDS_FILE_SYSTEM',
    `${title} is read from files, and there is no file system here.`,
    'Load it in Node, or use glyphs, which needs no files.',
  );

/** When the splits that were asked for are larger than the files. */
export const tooFewExamples = (title: string, wanted: string, available: number): MappingNetworksError =>
  error(
    'TOO_FEW_EXAMPLES',
    `${title}: ${wanted}, but only ${grouped(available)} examples are there.`,
    'Ask for fewer.',
  );

/** When a batch is asked for examples that the split does not have. */
export const indexOutOfRange = (index: number, size: number): MappingNetworksError =>
  error(
    'INDEX_OUT_OF_RANGE',
    `Expected indices of 0 to ${size - 1}, got ${index}.`,
    'Draw batches from permutations of 0 to size - 1.',
  );

/** When `arraySplit` is given rows that the arrays do not have. */
export const strayRow = (row: number, examples: number): MappingNetworksError =>
  error(
    'STRAY_ROW',
    `Expected rows of 0 to ${examples - 1}, one of as many examples as there are labels, got ${row}.`,
    'Pass rows of these same arrays, as holdOut gives them.',
  );

/** When a shift is no number of pixels, or would move a whole image out of sight; `most` is 0 for other inputs. */
export const unfitAugmentation = (
  shift: number,
  inputShape: readonly number[],
  most: number,
): MappingNetworksError =>
  error(
    'UNFIT_AUGMENTATION',
    most === 0
      ? `Expected a shift of 0 for inputs of shape ${shape(inputShape)}, got ${shown(shift)}.`
      : `Expected a shift of 0 to ${most} whole pixels for inputs of shape ${shape(inputShape)}, got ${shown(shift)}.`,
    most === 0
      ? 'Leave the shift out: these inputs are no images that could be moved.'
      : 'Shift by fewer pixels.',
  );

/** When inputs and labels do not belong together, or are none. */
export const unfitExamples = (title: string, split: string, problem: string): MappingNetworksError =>
  error(
    'UNFIT_EXAMPLES',
    `${title}, ${split} examples: ${problem}.`,
    'Give inputs as one array in row-major order, [examples, ...inputShape], and one label for each example.',
  );

/** An unknown thrown value in a few words. */
export const reasonOf = (cause: unknown): string => {
  if (!(cause instanceof Error)) return String(cause);
  return cause.cause instanceof Error
    ? `${cause.message}: ${cause.cause.message || reasonCode(cause.cause)}`
    : cause.message;
};

const reasonCode = (cause: Error): string => ('code' in cause ? String(cause.code) : cause.name);
