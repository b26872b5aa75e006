// The examples that exports are compared on: of the test split, or of what there is where that is empty; and those of the
// training split that exporters calibrate on. They are drawn from their split, which may be sorted
// by class: the same ones each time.
import {
  float32,
  randomKey,
  subset,
  type ArrayTensor,
  type DatasetSplits,
  type Model,
} from '@mapping-networks/core';

export interface Examples {
  readonly split: 'train' | 'validation' | 'test';
  readonly inputs: ArrayTensor;
  /** Absent for regression. */
  readonly labels?: Int32Array;
  readonly calibration: ArrayTensor;
}

/** Training examples for calibration. */
const CALIBRATED = 512;

export const examplesFor = (model: Model, splits: DatasetSplits, most: number): Examples => {
  const split = (['test', 'validation'] as const).find((name) => splits[name].size > 0) ?? 'train';
  const shape = model.target.impl.inputShape;
  const some = (name: Examples['split'], count: number) => {
    const all = splits[name].size;
    const size = Math.min(count, all);
    const { x, y } = splits[name].batch(subset(randomKey(0, 'exports', name), all, size));
    return { inputs: float32(x, [size, ...shape]), y };
  };
  const { inputs, y } = some(split, most);
  return {
    split,
    inputs,
    ...(y instanceof Int32Array && { labels: y }),
    calibration: some('train', CALIBRATED).inputs,
  };
};
