// Each law of a dataset's location is broken once, on purpose; a sound location breaks none.
import { brokenLaws, datasetLaws } from '@mapping-networks/conformance';
import type { Dataset, DatasetLocation, Part } from '@mapping-networks/core';
import { glyphs } from '@mapping-networks/datasets';
import { describe, expect, test } from 'vitest';
import { expectBroken } from './broken/names.ts';

const part = glyphs({ train: 60, validation: 20, test: 20 });
const file = { name: 'glyphs.gz', bytes: 12, present: true };
const sound: DatasetLocation = { folder: 'glyphs', source: 'cache', files: [file], downloads: true };
let calls = 0;

const dataset = (change: object): Part<'dataset'> => ({ ...part, impl: { ...part.impl, ...change } });
const located = (change: object): Part<'dataset'> =>
  dataset({ locate: async () => ({ ...sound, ...change }) });

/** A dataset whose file is there once it has been loaded. */
const downloading = (): Part<'dataset'> => {
  let present = false;
  const impl: Dataset = {
    ...part.impl,
    load: async () => {
      present = true;
      return part.impl.load();
    },
    locate: async () => ({ ...sound, files: [{ ...file, present }] }),
  };
  return { ...part, impl };
};

test('a sound location keeps all laws, without files and with, before a download and after', async () => {
  expect(await brokenLaws(datasetLaws(part))).toEqual([]);
  const laws = datasetLaws(downloading());
  expect(laws.length).toBe(datasetLaws(part).length + 3);
  expect(await brokenLaws(laws)).toEqual([]);
});

describe('the suite of datasets rejects', () => {
  test.each<[string, Part<'dataset'>, string]>([
    ['a location that is no function', dataset({ locate: sound }), 'every member'],
    ['no location', dataset({ locate: async () => undefined }), 'locate names a folder'],
    ['no folder', located({ folder: '' }), 'locate names a folder'],
    ['a folder that nothing named', located({ source: ' ' }), 'locate names a folder'],
    ['no word on downloads', located({ downloads: undefined }), 'locate names a folder'],
    ['no files', located({ files: [] }), 'locate names a folder'],
    ['a file twice', located({ files: [file, file] }), 'locate names a folder'],
    ['a file without a name', located({ files: [{ ...file, name: '' }] }), 'locate names a folder'],
    ['half a byte', located({ files: [{ ...file, bytes: 0.5 }] }), 'locate names a folder'],
    ['a file of unknown size', located({ files: [{ ...file, bytes: Number.NaN }] }), 'locate names a folder'],
    ['a file that may be there', located({ files: [{ ...file, present: 'yes' }] }), 'locate names a folder'],
    [
      'a location that wanders',
      dataset({ locate: async () => ({ ...sound, folder: `glyphs${calls++}` }) }),
      'the same',
    ],
    [
      'files that loading did without',
      located({ files: [{ ...file, present: false }] }),
      'what has been loaded',
    ],
  ])('%s', async (_name, broken, fragment) => {
    await expectBroken(datasetLaws(broken), fragment);
  });
});
