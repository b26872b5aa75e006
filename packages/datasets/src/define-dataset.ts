// A user's own arrays as a dataset plugin. Arrays cannot be options, because options are recorded and must be plain
// data; so the arrays stay inside the plugin, and its name stands for them in recorded runs.
import {
  definePlugin,
  requireArgument,
  type Dataset,
  type DatasetInfo,
  type DatasetSplits,
  type LoadContext,
  type Plugin,
  type Split,
} from '@mapping-networks/core';
import { z } from 'zod';
import { arraySplit, requireLayout, sizeProblem, type Examples } from './array-split.ts';
import type { Augmentation } from './augmentation.ts';
import { labelOutOfRange, unfitExamples } from './errors.ts';

/** The examples of the three splits. Validation chooses, test only reports: they should share no example. */
export interface DatasetArrays {
  readonly train: Examples;
  readonly validation: Examples;
  readonly test: Examples;
}

/** What `defineDataset` makes a dataset from: its metadata, and a function that gives its arrays. */
export interface DatasetDefinition<N extends string> {
  /** What config files and recorded runs call it. */
  readonly name: N;
  /** For people. Default: the name. */
  readonly title?: string;
  /** Shape of one input: `[height, width, channels]` for images. */
  readonly inputShape: readonly number[];
  /** Class names by index; left out for regression. */
  readonly classes?: readonly string[];
  /** x = (raw / scale − mean) / std. Default: raw values as they are. For bytes `{ scale: 255, mean: 0.5, std: 0.5 }`. */
  readonly normalization?: DatasetInfo['normalization'];
  /** Random changes of training images. Default: none. */
  readonly augment?: Augmentation;
  /** Where the data comes from. Default: from the user. */
  readonly source?: DatasetInfo['source'];
  /** Gives the arrays; called when a run loads the dataset. */
  readonly load: (context: LoadContext) => DatasetArrays | Promise<DatasetArrays>;
}

/**
 * Makes a dataset plugin without options from arrays. For a dataset *with* options use `definePlugin` of core and
 * `arraySplit`.
 *
 * @throws CORE_INVALID_ARGUMENT. Loading throws DATASETS_UNFIT_EXAMPLES and DATASETS_LABEL_OUT_OF_RANGE for arrays that do not fit the definition.
 *
 * @example
 * ```ts
 * import { defineDataset } from '@mapping-networks/datasets';
 * const points = { inputs: Float32Array.of(0, 0, 1, 1), labels: Uint8Array.of(0, 1) };
 * const corners = defineDataset({
 *   name: 'corners',
 *   inputShape: [2],
 *   classes: ['lower', 'upper'],
 *   load: () => ({ train: points, validation: points, test: points }),
 * });
 * console.log((await corners().impl.load()).train.size); // 2
 * ```
 */
export const defineDataset = <const N extends string>(
  definition: DatasetDefinition<N>,
): Plugin<'dataset', N, object, object> => {
  requireArgument(
    typeof definition?.load === 'function',
    'defineDataset',
    'definition',
    'an object with a function as its load',
    definition,
  );
  const { name, classes = [] } = definition;
  requireArgument(
    typeof name === 'string' && name !== '',
    'defineDataset',
    'name',
    'a string that is not empty',
    name,
  );
  const named = Array.isArray(classes) && classes.every((each: unknown) => typeof each === 'string');
  requireArgument(named, 'defineDataset', 'classes', 'a list of names', classes);
  const info = infoOf(definition);
  requireLayout('defineDataset', info);
  return definePlugin<'dataset', N, object, object>({
    kind: 'dataset',
    name: definition.name,
    summary: `${info.title}, inputs [${info.inputShape.join(', ')}].`,
    options: z.strictObject({}),
    slots: {},
    create: (): Dataset => ({
      info,
      load: async (context = {}) => splitsOf(info, await definition.load(context), definition.augment),
    }),
  });
};

const infoOf = <N extends string>(definition: DatasetDefinition<N>): DatasetInfo =>
  Object.freeze({
    name: definition.name,
    title: definition.title ?? definition.name,
    inputShape: definition.inputShape,
    task: definition.classes === undefined ? 'regression' : 'classification',
    classes: definition.classes ?? [],
    normalization: definition.normalization ?? { scale: 1, mean: 0, std: 1 },
    source: definition.source ?? { title: 'data of the user', url: '', licence: '' },
  });

const splitsOf = (
  info: DatasetInfo,
  arrays: DatasetArrays,
  augment: Augmentation = { shift: 0 },
): DatasetSplits => {
  const split = (name: keyof DatasetArrays): Split => {
    check(info, name, arrays?.[name]);
    return arraySplit(info, arrays[name], name === 'train' ? { augment } : {});
  };
  return { info, train: split('train'), validation: split('validation'), test: split('test') };
};

const check = ({ title, inputShape, classes, task }: DatasetInfo, name: string, examples: Examples): void => {
  if (!ArrayBuffer.isView(examples?.inputs) || !ArrayBuffer.isView(examples.labels))
    throw unfitExamples(title, name, 'expected inputs and labels as typed arrays, got something else');
  const { labels } = examples;
  const problem = labels.length === 0 ? 'there are none' : sizeProblem(inputShape, examples);
  if (problem !== undefined) throw unfitExamples(title, name, problem);
  if (task === 'regression') return;
  const wrong = labels.findIndex((label) => !Number.isInteger(label) || label < 0 || label >= classes.length);
  if (wrong >= 0)
    throw labelOutOfRange(`${title}, ${name} examples`, wrong, labels[wrong] ?? 0, classes.length);
};
