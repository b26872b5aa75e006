// What bundlers for browsers put in the place of `files.ts`: the same function, which says that it cannot.
import type { LoadContext } from '@mapping-networks/core';
import { needsFileSystem } from '../errors.ts';
import type { ImageSet, ImageSetArrays, ImageSetLocation } from './image-set.ts';

/** @throws DATASETS_NEEDS_FILE_SYSTEM, always */
export const readImageSet = (
  { info }: ImageSet,
  _location: ImageSetLocation,
  _context: LoadContext,
): Promise<ImageSetArrays> => Promise.reject(needsFileSystem(info.title));
