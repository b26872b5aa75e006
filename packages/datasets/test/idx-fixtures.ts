// Small image sets in the official layout, made by the tests themselves.
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import type { ImageSet, OfficialFile } from '../src/idx/image-set.ts';

export const encodeIdx = (shape: readonly number[], data: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(4 + 4 * shape.length + data.length);
  bytes.set([0, 0, 8, shape.length]);
  shape.forEach((side, i) => new DataView(bytes.buffer).setUint32(4 + 4 * i, side));
  bytes.set(data, 4 + 4 * shape.length);
  return bytes;
};

export const names = {
  trainImages: 'train-images-idx3-ubyte.gz',
  trainLabels: 'train-labels-idx1-ubyte.gz',
  testImages: 't10k-images-idx3-ubyte.gz',
  testLabels: 't10k-labels-idx1-ubyte.gz',
} as const;

/** 28 × 28 pictures whose every pixel is `first + i`, labelled i mod 10. */
const pictures = (count: number, first: number): Uint8Array =>
  encodeIdx(
    [count, 28, 28],
    Uint8Array.from({ length: 784 * count }, (_, i) => first + Math.floor(i / 784)),
  );
const labels = (count: number): Uint8Array =>
  encodeIdx(
    [count],
    Uint8Array.from({ length: count }, (_, i) => i % 10),
  );

/** File contents by name: 30 training pictures (0 … 29) and 12 test pictures (100 … 111), gzipped. */
export const smallFiles = (): Record<string, Uint8Array> => ({
  [names.trainImages]: gzipSync(pictures(30, 0)),
  [names.trainLabels]: gzipSync(labels(30)),
  [names.testImages]: gzipSync(pictures(12, 100)),
  [names.testLabels]: gzipSync(labels(12)),
});

const official = (name: string, content: Uint8Array = new Uint8Array()): OfficialFile => ({
  name,
  bytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
});

/** An image set whose official files are `files`. */
export const smallSet = (
  mirrors: readonly string[],
  files: Readonly<Record<string, Uint8Array>>,
): ImageSet => ({
  info: {
    name: 'small',
    title: 'Small set',
    inputShape: [28, 28, 1],
    task: 'classification',
    classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    normalization: { scale: 255, mean: 0.5, std: 0.5 },
    source: { title: 'tests', url: 'http://localhost', licence: 'none' },
  },
  folder: 'small',
  mirrors,
  files: {
    trainImages: official(names.trainImages, files[names.trainImages]),
    trainLabels: official(names.trainLabels, files[names.trainLabels]),
    testImages: official(names.testImages, files[names.testImages]),
    testLabels: official(names.testLabels, files[names.testLabels]),
  },
});

/** A folder that is gone when the test is over, with the given files. */
export const temporaryFolder = async (files: Readonly<Record<string, Uint8Array>> = {}): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'datasets-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
};
