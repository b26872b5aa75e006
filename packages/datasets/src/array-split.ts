// A split over arrays in memory. Raw values stay as they are (a byte a pixel for images) and become normalised floats
// only batch by batch.
import {
  requireArgument,
  sizeOf,
  type Batch,
  type DatasetInfo,
  type RandomKey,
  type Split,
} from '@mapping-networks/core';
import { shifts, type Augmentation } from './augmentation.ts';
import { indexOutOfRange, strayRow, unfitAugmentation, unfitExamples } from './errors.ts';

/** Raw inputs and labels of some examples. */
export interface Examples {
  /** `[examples, ...inputShape]` in row-major order. */
  readonly inputs: Uint8Array | Float32Array;
  /** `[examples]`: class indices, or for regression float values. */
  readonly labels: Uint8Array | Int32Array | Float32Array;
}

/** What of the metadata a split needs. */
export type Layout = Pick<DatasetInfo, 'inputShape' | 'task' | 'normalization'>;

/** Which rows of the arrays a split has, and how it augments them. */
export interface ArraySplitOptions {
  /** The examples of the split, as rows of the arrays; all of them, in order, by default. */
  readonly rows?: Int32Array;
  /** Needs inputs of shape `[height, width, channels]`. */
  readonly augment?: Augmentation;
}

/**
 * A split over arrays: x = (raw / scale − mean) / std.
 *
 * @throws CORE_INVALID_ARGUMENT, DATASETS_UNFIT_AUGMENTATION, DATASETS_UNFIT_EXAMPLES, DATASETS_STRAY_ROW; its batches throw DATASETS_INDEX_OUT_OF_RANGE
 * @example
 * ```ts
 * import { arraySplit } from '@mapping-networks/datasets';
 * const split = arraySplit(
 *   { inputShape: [2], task: 'classification', normalization: { scale: 1, mean: 0, std: 1 } },
 *   { inputs: Float32Array.of(1, 2, 3, 4), labels: Uint8Array.of(0, 1) },
 * );
 * console.log(split.batch([1]).x); // Float32Array [3, 4]
 * ```
 */
export const arraySplit = (layout: Layout, examples: Examples, options: ArraySplitOptions = {}): Split => {
  requireLayout('arraySplit', layout);
  requireExamples('arraySplit', examples);
  const { inputShape, task, normalization } = layout;
  const { inputs, labels } = examples;
  const { rows = Int32Array.from(labels, (_, row) => row), augment = { shift: 0 } } = options;
  requireArgument(ArrayBuffer.isView(rows), 'arraySplit', 'rows', 'an Int32Array', rows);
  const { shift } = augment;
  const image = inputShape.length === 3;
  const most = image ? Math.min(...inputShape.slice(0, 2)) - 1 : 0;
  if (!Number.isInteger(shift) || shift < 0 || shift > most) throw unfitAugmentation(shift, inputShape, most);
  const problem = sizeProblem(inputShape, { inputs, labels });
  if (problem !== undefined) throw unfitExamples('arraySplit', 'given', problem);
  const stray = rows.find((row) => row < 0 || row >= labels.length);
  if (stray !== undefined) throw strayRow(stray, labels.length);
  const length = sizeOf(inputShape);
  const copy = copier(inputs, normalizer(inputs, normalization), inputShape);
  const batch = (indices: ArrayLike<number>, key?: RandomKey): Batch => {
    const size = indices.length;
    const x = new Float32Array(size * length);
    const y = task === 'classification' ? new Int32Array(size) : new Float32Array(size);
    const offsets = key !== undefined && shift > 0 ? shifts(key, size, shift) : undefined;
    for (let p = 0; p < size; p++) {
      const row = rows[indices[p] ?? -1];
      if (row === undefined) throw indexOutOfRange(indices[p] ?? Number.NaN, rows.length);
      copy(row * length, x, p * length, offsets?.[2 * p] ?? 0, offsets?.[2 * p + 1] ?? 0);
      y[p] = labels[row] ?? 0;
    }
    return { size, x, y };
  };
  return Object.freeze({ size: rows.length, batch });
};

/** @throws CORE_INVALID_ARGUMENT unless shape, task and normalization are there and of use */
export const requireLayout = (call: string, layout: Layout): void => {
  const { inputShape, task, normalization }: Partial<Layout> = layout ?? {};
  const sides =
    Array.isArray(inputShape) &&
    inputShape.every((side: unknown) => Number.isInteger(side) && Number(side) >= 1);
  requireArgument(sides, call, 'inputShape', 'a list of whole numbers of at least 1', inputShape);
  const known = task === 'classification' || task === 'regression';
  requireArgument(known, call, 'task', "'classification' or 'regression'", task);
  const { scale, mean, std }: Partial<Layout['normalization']> = normalization ?? {};
  requireArgument(
    Number.isFinite(mean) && [scale, std].every((divisor) => Number.isFinite(divisor) && divisor !== 0),
    call,
    'normalization',
    '{ scale, mean, std }, finite numbers, scale and std not 0',
    normalization,
  );
};

/** @throws CORE_INVALID_ARGUMENT unless inputs and labels are typed arrays */
const requireExamples = (call: string, examples: Examples): void => {
  const { inputs, labels }: Partial<Examples> = examples ?? {};
  const typed = 'a Uint8Array or a Float32Array';
  requireArgument(ArrayBuffer.isView(inputs), call, 'inputs', typed, inputs);
  requireArgument(
    ArrayBuffer.isView(labels),
    call,
    'labels',
    'a Uint8Array, an Int32Array or a Float32Array',
    labels,
  );
};

/** What is wrong with the number of inputs for these labels, if anything. */
export const sizeProblem = (
  inputShape: readonly number[],
  { inputs, labels }: Examples,
): string | undefined => {
  const needed = labels.length * sizeOf(inputShape);
  return inputs.length === needed
    ? undefined
    : `${labels.length} labels and inputs of shape [${inputShape.join(', ')}] need ${needed} values, got ${inputs.length}`;
};

type Normalize = (raw: number) => number;

/** Bytes go through a table. */
const normalizer = (inputs: Examples['inputs'], { scale, mean, std }: Layout['normalization']): Normalize => {
  const normalize = (raw: number): number => (raw / scale - mean) / std;
  if (inputs instanceof Float32Array) return normalize;
  const table = Float32Array.from({ length: 256 }, (_, raw) => normalize(raw));
  return (raw) => table[raw] ?? 0;
};

type Copy = (from: number, out: Float32Array, to: number, down: number, right: number) => void;

/** Copies one example to its place in the batch, moved by (down, right). Raw 0 is the background. */
const copier = (inputs: Examples['inputs'], normalize: Normalize, shape: readonly number[]): Copy => {
  const [height = 1, width = 1, channels = 1] = shape;
  const length = sizeOf(shape);
  const background = normalize(0);
  return (from, out, to, down, right) => {
    if (down === 0 && right === 0) {
      for (let i = 0; i < length; i++) out[to + i] = normalize(inputs[from + i] ?? 0);
      return;
    }
    out.fill(background, to, to + length);
    const firstColumn = Math.max(0, right);
    const columns = width - Math.abs(right);
    for (let y = Math.max(0, down); y < Math.min(height, height + down); y++) {
      const target = to + (y * width + firstColumn) * channels;
      const source = from + ((y - down) * width + firstColumn - right) * channels;
      for (let i = 0; i < columns * channels; i++) out[target + i] = normalize(inputs[source + i] ?? 0);
    }
  };
};
