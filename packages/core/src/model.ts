// A model is a trained network as it is stored: parts, trainables, buffers. Its weights are a function of these.
import type { NamedArrays } from './arrays.ts';
import type { DatasetInfo } from './contracts/dataset.ts';
import type { ParameterMap } from './contracts/parameterization.ts';
import { fingerprint } from './artifact/fingerprint.ts';
import type { Part } from './plugin/part.ts';
import { cut } from './space/flat.ts';

/** What a user of the network must know of the data it was trained on. */
export type DataSummary = Pick<DatasetInfo, 'name' | 'inputShape' | 'task' | 'classes' | 'normalization'>;

/** A trained network as it is stored: two parts, the trained numbers, the buffers. Its weights follow from these. */
export interface Model {
  readonly target: Part<'target'>;
  readonly parameterization: Part<'parameterization'>;
  readonly trainables: NamedArrays;
  readonly buffers: NamedArrays;
  /** Absent for models that no dataset has trained. */
  readonly data?: DataSummary;
  /** Scores at the time of saving, such as `{ 'test.accuracy': 0.97 }`. */
  readonly metrics?: Readonly<Record<string, number>>;
}

/** The map from a model's trainables to its weights. */
export const modelMap = ({
  target,
  parameterization,
}: Pick<Model, 'target' | 'parameterization'>): ParameterMap =>
  parameterization.impl.bind(target.impl.parameters);

/** θ of a model by the canonical generator, flat: the same bits on every machine. */
export const modelTheta = (model: Model): Float32Array => modelMap(model).generate(model.trainables);

/** The weights of a model by name, in their shapes. */
export const modelParameters = (model: Model): NamedArrays =>
  cut(model.target.impl.parameters, modelTheta(model));

/** The fingerprint of a model's weights. */
export const modelFingerprint = (model: Model): string => fingerprint(modelTheta(model));
