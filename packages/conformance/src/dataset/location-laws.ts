// What a dataset says of its files, for whoever looks for them: words and numbers that can be shown, and true once the
// data has been loaded.
import type { Dataset, DatasetLocation, DatasetSplits } from '@mapping-networks/core';
import { expectNoTensors } from '../checks/tensors.ts';
import { wrongNames, wrongValue } from '../errors.ts';
import { law, type Law } from '../law.ts';

/** Laws of `locate`, which a dataset without files leaves out. */
export const locationLaws = (dataset: Dataset, load: () => Promise<DatasetSplits>): readonly Law[] => {
  if (dataset.locate === undefined) return [];
  const locate = async (): Promise<DatasetLocation> => {
    const location = await expectNoTensors('locate', () => dataset.locate?.());
    if (location === undefined) throw wrongValue('locate()', 'a location', location, WITHOUT_FILES);
    return location;
  };
  return [
    law('locate names a folder, what named it, and each file with its size', async () => {
      expectLocation(await locate());
    }),
    law('locate gives plain data, the same every time', async () => {
      const [first, second] = [await locate(), await locate()];
      const [expected, received] = [first, second].map((value) => JSON.stringify(value));
      if (received !== expected)
        throw wrongValue('locate() again', first, second, 'Depend on options and disk alone.');
    }),
    law('what has been loaded is where locate says', async () => {
      await load();
      const { files } = await locate();
      const missing = files.filter(({ present }) => !present).map(({ name }) => name);
      if (missing.length > 0) throw wrongNames('files that are missing after loading', [], missing);
    }),
  ];
};

const WITHOUT_FILES = 'A dataset that reads no files leaves locate out.';

const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';

const expectLocation = ({ folder, source, files, downloads }: DatasetLocation): void => {
  if (!isText(folder))
    throw wrongValue('folder', 'a path', folder, 'Name the folder, also before it exists.');
  if (!isText(source)) throw wrongValue('source', 'words for people', source, 'Say what named the folder.');
  if (typeof downloads !== 'boolean')
    throw wrongValue('downloads', 'true or false', downloads, 'Say whether loading fetches what is missing.');
  if (files.length === 0) throw wrongValue('files', 'at least one', files, WITHOUT_FILES);
  const names = files.map(({ name }) => name);
  if (new Set(names).size < names.length) throw wrongNames('files', [...new Set(names)], names);
  for (const file of files) {
    const sound = isText(file.name) && Number.isSafeInteger(file.bytes) && file.bytes > 0;
    if (!sound || typeof file.present !== 'boolean')
      throw wrongValue('file', 'a name, whole bytes of at least 1, and whether it is there', file, SIZES);
  }
};

const SIZES = 'Give the size on disk, or the published one of a file that is not there.';
