// What can be wrong with the pictures that a network is asked about, and with the network for them.
import { MappingNetworksError, reasonOf } from '@mapping-networks/core';

const error = (code: string, problem: string, remedy: string, cause?: unknown): MappingNetworksError =>
  new MappingNetworksError({ code: `CLI_${code}`, problem, remedy, cause });

export const notAPng = (path: string, cause: unknown): MappingNetworksError =>
  error(
    'NOT_A_PNG',
    `Cannot read '${path}' as a PNG: ${reasonOf(cause)}.`,
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
    `Cannot read '${path}': ${reasonOf(cause)}.`,
    'Pass PNG or IDX files, not folders; a shell lists the files of one with folder/*.png.',
    cause,
  );

/** When predict gets a bundle that was saved by a program without saying what it was trained on. */
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
