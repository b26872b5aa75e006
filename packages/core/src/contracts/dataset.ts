// A dataset gives three splits of typed arrays. Validation chooses, test only reports. Order, batches and
// augmentation are functions of a key, so that a run can be repeated and resumed.
import type { RandomKey } from '../random/key.ts';

/** One batch in row-major order. */
export interface Batch {
  readonly size: number;
  /** `[size, ...inputShape]`, normalised. */
  readonly x: Float32Array;
  /** `[size]` int32 class indices, or float32 values. */
  readonly y: Int32Array | Float32Array;
}

/** `size` examples, addressed by indices 0 … size − 1. An index is always the same example. */
export interface Split {
  readonly size: number;
  /**
   * The examples at `indices`, normalised. With `augment`, the split's augmentation is applied, keyed per example
   * position in the batch; splits without augmentation ignore it. The arrays are the caller's own: the next batch is
   * made while this one is computed with.
   */
  batch(indices: ArrayLike<number>, augment?: RandomKey): Batch;
}

/** What is known of a dataset without its examples: shapes, classes, normalisation, origin. Plain JSON. */
export interface DatasetInfo {
  readonly name: string;
  readonly title: string;
  /** Shape of one input, without the batch dimension: `[height, width, channels]` for images. */
  readonly inputShape: readonly number[];
  readonly task: 'classification' | 'regression';
  /** Class names by index; empty for regression. */
  readonly classes: readonly string[];
  /** x = (raw / scale − mean) / std: how raw values (for images 0…255) become inputs. */
  readonly normalization: { readonly scale: number; readonly mean: number; readonly std: number };
  /** Where the data comes from. */
  readonly source: { readonly title: string; readonly url: string; readonly licence: string };
}

/** A loaded dataset. Its splits should share no example. */
export interface DatasetSplits {
  readonly info: DatasetInfo;
  readonly train: Split;
  readonly validation: Split;
  /** Reports only: nothing is ever chosen by it. */
  readonly test: Split;
}

/** What loading may be given: a way to cancel it, and somebody to tell of its progress. */
export interface LoadContext {
  readonly signal?: AbortSignal;
  /** Called with a line of text for people, such as download progress. */
  readonly onProgress?: (message: string) => void;
}

/** Where a dataset that reads files has them, or would put them. */
export interface DatasetLocation {
  readonly folder: string;
  /** What named the folder, for people: an option, an environment variable, the cache. */
  readonly source: string;
  /** The files that loading reads; of those that are not there, the published size. */
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly present: boolean }[];
  /** Whether loading downloads what is missing; otherwise it fails. */
  readonly downloads: boolean;
}

/** The contract of kind `dataset`: facts that are known at once, examples that are loaded when asked for. */
export interface Dataset {
  /** Known before loading. */
  readonly info: DatasetInfo;
  /**
   * The splits. The same options give the same examples in the same order; rejects with a remedy when data is missing
   * or damaged.
   */
  load(context?: LoadContext): Promise<DatasetSplits>;
  /** Says where its files are without reading them. Datasets that read none leave this out. */
  locate?(): Promise<DatasetLocation>;
}
