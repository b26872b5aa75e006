// What bundlers for browsers put in the place of `files.ts`: the same functions, which say that they cannot.
import type { DatasetLocation, LoadContext } from '@mapping-networks/core';
import { needsFileSystem } from '../errors.ts';
import type { ImageSet, ImageSetArrays, ImageSetLocation } from './image-set.ts';

/** @throws DATASETS_NEEDS_FILE_SYSTEM, always */
export const readImageSet = (
  { info }: ImageSet,
  _location: ImageSetLocation,
  _context: LoadContext,
): Promise<ImageSetArrays> => Promise.reject(needsFileSystem(info.title));

/** @throws DATASETS_NEEDS_FILE_SYSTEM, always */
export const locateImageSet = ({ info }: ImageSet, _location: ImageSetLocation): Promise<DatasetLocation> =>
  Promise.reject(needsFileSystem(info.title));
