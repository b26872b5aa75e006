// A dataset of the MNIST family as data: its four files, where they can be downloaded, and what is in them.
import type { DatasetInfo } from '@mapping-networks/core';

/** A gzipped IDX file as published. */
export interface OfficialFile {
  /** Official name; a folder may hold it without `.gz`, decompressed. */
  readonly name: string;
  readonly bytes: number;
  /** SHA-256 of the gzipped file, in hexadecimal. */
  readonly sha256: string;
}

export interface ImageSet {
  readonly info: DatasetInfo;
  /** Folder below the data or cache folder. */
  readonly folder: string;
  /** URLs to which file names are appended, in order of preference. */
  readonly mirrors: readonly string[];
  readonly files: Readonly<Record<'trainImages' | 'trainLabels' | 'testImages' | 'testLabels', OfficialFile>>;
}

/** Images and labels of the official training and test files. */
export interface ImageSetArrays {
  readonly train: LabelledImages;
  readonly test: LabelledImages;
}

export interface LabelledImages {
  /** `[count, height, width]`, a byte a pixel. */
  readonly inputs: Uint8Array;
  readonly labels: Uint8Array;
}

/** Where images are looked for. */
export interface ImageSetLocation {
  readonly folder?: string;
}
