// The four files of an image set, found or downloaded, read and checked against each other. Bundlers for browsers take
// `files.browser.ts` in its place (field "browser" of package.json).
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoadContext } from '@mapping-networks/core';
import { labelOutOfRange, missingFiles, unequalCounts, unexpectedShape } from '../errors.ts';
import { download } from './download.ts';
import { cacheFolder, dataFolder, type Environment } from './folders.ts';
import type {
  ImageSet,
  ImageSetArrays,
  ImageSetLocation,
  LabelledImages,
  OfficialFile,
} from './image-set.ts';
import { readIdxFile } from './read-file.ts';

/** No file of these sets has more images; nothing larger is decompressed. */
const MOST_IMAGES = 100_000;

/**
 * Reads the set from `folder`; or from its folder below MAPPING_NETWORKS_DATA; or from the cache, into which what is
 * missing is downloaded.
 */
export const readImageSet = async (
  set: ImageSet,
  { folder }: ImageSetLocation,
  context: LoadContext,
  env: Environment = process.env,
): Promise<ImageSetArrays> => {
  const path = await locator(set, folder, context, env);
  const read = async (images: OfficialFile, labels: OfficialFile): Promise<LabelledImages> => {
    context.signal?.throwIfAborted();
    return readPair(set, await path(images), await path(labels));
  };
  const { trainImages, trainLabels, testImages, testLabels } = set.files;
  return { train: await read(trainImages, trainLabels), test: await read(testImages, testLabels) };
};

type Locator = (file: OfficialFile) => Promise<string>;

const locator = async (
  set: ImageSet,
  folder: string | undefined,
  context: LoadContext,
  env: Environment,
): Promise<Locator> => {
  if (folder !== undefined) return within(set, folder);
  const data = dataFolder(env);
  const own = data === undefined ? undefined : join(data, set.folder);
  if (own !== undefined && (await present(set, own)).length > 0) return within(set, own);
  const cache = join(cacheFolder(env), set.folder);
  return async (file) => (await find(cache, file)) ?? download(set, file, cache, context);
};

/** A folder that must hold all four files. */
const within = async (set: ImageSet, folder: string): Promise<Locator> => {
  const there = await present(set, folder);
  const missing = Object.values(set.files).filter((file) => !there.includes(file));
  if (missing.length > 0)
    throw missingFiles(
      set.info.title,
      folder,
      missing.map(({ name }) => name),
    );
  return async (file) => (await find(folder, file)) ?? join(folder, file.name);
};

const present = async (set: ImageSet, folder: string): Promise<readonly OfficialFile[]> => {
  const files = Object.values(set.files);
  const paths = await Promise.all(files.map((file) => find(folder, file)));
  return files.filter((_, i) => paths[i] !== undefined);
};

/** The path of the file, gzipped or not, if it is there. */
const find = async (folder: string, { name }: OfficialFile): Promise<string | undefined> => {
  for (const path of [join(folder, name), join(folder, name.replace(/\.gz$/, ''))]) {
    const there = await access(path).then(
      () => true,
      () => false,
    );
    if (there) return path;
  }
  return undefined;
};

const readPair = async (
  { info }: ImageSet,
  imagesPath: string,
  labelsPath: string,
): Promise<LabelledImages> => {
  const [height = 1, width = 1] = info.inputShape;
  const images = await readIdxFile(imagesPath, 16 + MOST_IMAGES * height * width);
  const [count = 0, ...sides] = images.shape;
  if (sides.length !== 2 || sides[0] !== height || sides[1] !== width || count < 1) {
    throw unexpectedShape(imagesPath, ['count', height, width], images.shape);
  }
  const labels = await readIdxFile(labelsPath, 8 + MOST_IMAGES);
  if (labels.shape.length !== 1) throw unexpectedShape(labelsPath, ['count'], labels.shape);
  if (labels.data.length !== count) throw unequalCounts(imagesPath, count, labelsPath, labels.data.length);
  const wrong = labels.data.findIndex((label) => label >= info.classes.length);
  if (wrong >= 0) throw labelOutOfRange(labelsPath, wrong, labels.data[wrong] ?? 0, info.classes.length);
  return { inputs: images.data, labels: labels.data };
};
