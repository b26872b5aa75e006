// What a network says about every example of a split.
import { sizeOf, type DatasetInfo, type Model, type Part } from '@mapping-networks/core';
import { pictureOf, type Classification, type Regression } from '@mapping-networks/report';
import { predict, probabilities, type Pipeline } from 'mapping-networks';

/** A split that a report may look into. */
export type ReportSplit = 'validation' | 'test';

const isPicture = ({ inputShape }: DatasetInfo): boolean =>
  inputShape.length === 3 && (inputShape[2] === 1 || inputShape[2] === 3);

/** One logit stands for class 1 against class 0. */
const twoClasses = (logits: Float32Array): Float32Array =>
  Float32Array.from({ length: 2 * logits.length }, (_, i) => {
    const logit = logits[i >> 1] ?? 0;
    return 1 / (1 + Math.exp(i % 2 === 1 ? -logit : logit));
  });

const classNames = ({ classes }: DatasetInfo, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => classes[index] ?? String(index));

/** Predictions on a split; undefined for an empty split, and for classifiers that say more than one class an example. */
export const predictionsOf = async (
  model: Model,
  { load, parts }: Pipeline,
  split: ReportSplit,
  engine: Part<'engine'> = parts.engine,
): Promise<Classification | Regression | undefined> => {
  const { info, [split]: examples } = await load();
  if (examples.size === 0) return undefined;
  const { x, y } = examples.batch(Int32Array.from({ length: examples.size }, (_, index) => index));
  const { outputs, outputShape } = await predict({ model, inputs: x, engine });
  if (info.task === 'regression') return { task: 'regression', split, labels: y, predictions: outputs };
  if (outputShape.length !== 1) return undefined;
  const logits = sizeOf(outputShape);
  const length = x.length / examples.size;
  return {
    task: 'classification',
    split,
    classes: classNames(info, Math.max(2, logits)),
    labels: y,
    probabilities: logits === 1 ? twoClasses(outputs) : probabilities(outputs, logits),
    ...(isPicture(info) && {
      picture: (index: number) => pictureOf(x.slice(index * length, (index + 1) * length), info),
    }),
  };
};
