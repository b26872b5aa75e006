// The four files of an image set, found or downloaded, read and checked against each other. Bundlers for browsers take
// `files.browser.ts` in its place (field "browser" of package.json).
import { access, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { DatasetLocation, LoadContext } from '@mapping-networks/core';
import { labelOutOfRange, missingFiles, unequalCounts, unexpectedShape } from '../errors.ts';
import { download, patience, type Patience } from './download.ts';
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
  limits: Patience = patience,
): Promise<ImageSetArrays> => {
  const { folder: from, own } = await placeOf(set, folder, env);
  if (own) await checkComplete(set, from);
  const path = async (file: OfficialFile): Promise<string> =>
    (await find(from, file)) ?? download(set, file, from, context, env, limits);
  const read = async (images: OfficialFile, labels: OfficialFile): Promise<LabelledImages> => {
    context.signal?.throwIfAborted();
    return readPair(set, await path(images), await path(labels));
  };
  const { trainImages, trainLabels, testImages, testLabels } = set.files;
  return { train: await read(trainImages, trainLabels), test: await read(testImages, testLabels) };
};

/** Where the files of the set are, or would be downloaded to. */
export const locateImageSet = async (
  set: ImageSet,
  { folder }: ImageSetLocation,
  env: Environment = process.env,
): Promise<DatasetLocation> => {
  const { folder: from, own, source } = await placeOf(set, folder, env);
  const files = await Promise.all(
    Object.values(set.files).map(async (file) => {
      const path = await find(from, file);
      if (path === undefined) return { name: file.name, bytes: file.bytes, present: false };
      return { name: basename(path), bytes: (await stat(path)).size, present: true };
    }),
  );
  return { folder: from, source, files, downloads: !own };
};

interface Place {
  readonly folder: string;
  /** The user's, in which nothing is changed. */
  readonly own: boolean;
  /** What named it. */
  readonly source: string;
}

const placeOf = async (set: ImageSet, folder: string | undefined, env: Environment): Promise<Place> => {
  if (folder !== undefined) return { folder, own: true, source: 'option folder' };
  const data = dataFolder(env);
  const below = data === undefined ? undefined : join(data, set.folder);
  if (below !== undefined && (await present(set, below)).length > 0) {
    return { folder: below, own: true, source: 'MAPPING_NETWORKS_DATA' };
  }
  return { folder: join(cacheFolder(env), set.folder), own: false, source: 'cache' };
};

/** A folder of the user must hold all four files. */
const checkComplete = async (set: ImageSet, folder: string): Promise<void> => {
  const there = await present(set, folder);
  const missing = Object.values(set.files).filter((file) => !there.includes(file));
  if (missing.length === 0) return;
  throw missingFiles(
    set.info.title,
    folder,
    missing.map(({ name }) => name),
  );
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
