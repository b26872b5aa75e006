// The network in ONNX at the precision that is asked for.
import {
  givenWeights,
  modelMap,
  modelParameters,
  type ArrayTensor,
  type Model,
  type WeightFormat,
  type WeightGrid,
} from '@mapping-networks/core';
import { exportInference, toFloat16, toQdq, type PortableModel } from '@mapping-networks/graph';
import { fakeQuantized, type ObserverOptions } from '@mapping-networks/quantize';
import { match } from 'ts-pattern';
import { noCalibration } from '../errors.ts';
import { activationScales } from './activation-scales.ts';
import { INPUT, inferenceStep } from './step.ts';

/** In which numbers an ONNX model holds and computes. */
export type OnnxPrecision = 'auto' | 'float32' | 'float16' | 'int8';

/** How ranges of activations are found. */
export interface Calibration {
  readonly observer: ObserverOptions;
  /** Absent where none were given; int8 needs them. */
  readonly inputs?: ArrayTensor | undefined;
}

type Formats = Readonly<Record<string, WeightFormat>>;

const formatsOf = (model: Model): Formats => modelMap(model).formats?.(model.trainables) ?? {};

const isGrid = (format: WeightFormat | undefined): format is WeightGrid =>
  format !== undefined && 'codes' in format;

const gridsOf =
  (formats: Formats) =>
  (name: string): WeightGrid | undefined => {
    const format = formats[name];
    return isGrid(format) ? format : undefined;
  };

/** `exact` names the weights that stay as they are, number by number. */
const inFloat32 = (model: Model, exact: Formats = {}): PortableModel => {
  const { name, impl } = model.target;
  return exportInference(inferenceStep(model), {
    name,
    inputs: { [INPUT]: { shape: impl.inputShape, dtype: 'float32' } },
    weights: { ...modelParameters(model), ...model.buffers },
    exact: new Set(Object.keys(exact)),
  });
};

export const inPrecision = (
  model: Model,
  precision: OnnxPrecision,
  calibration: Calibration,
): Promise<PortableModel> =>
  match(precision)
    .with('auto', async () => withFormats(model))
    .with('float32', async () => inFloat32(model))
    .with('float16', async () => toFloat16(inFloat32(model)))
    .with('int8', () => inIntegers(model, calibration))
    .exhaustive();

/** Weights in the bits that hold them exactly; whatever has no format in float32. */
const withFormats = (model: Model): PortableModel => {
  const formats = formatsOf(model);
  const portable = inFloat32(model, formats);
  const isHalf = ({ origin }: PortableModel['initializers'][number]): boolean =>
    origin !== undefined && formats[origin.name]?.type === 'float16';
  const half = toFloat16({ ...portable, initializers: portable.initializers.filter(isHalf) });
  const others = portable.initializers.filter((tensor) => !isHalf(tensor));
  return toQdq({ ...half, initializers: [...half.initializers, ...others] }, { weights: gridsOf(formats) });
};

/** Weights, activations and sums as integers. Weights that lie on grids stay on them. */
const inIntegers = async (model: Model, { observer, inputs }: Calibration): Promise<PortableModel> => {
  if (inputs === undefined) throw noCalibration();
  const rounded = Object.values(formatsOf(model)).some(isGrid) ? model : onGrids(model);
  const formats = formatsOf(rounded);
  const portable = inFloat32(rounded, formats);
  const activations = await activationScales(portable, observer, inputs);
  return toQdq(portable, {
    weights: gridsOf(formats),
    activations,
  });
};

/** The network with its kernels rounded to int8, a scale for each unit. Weights in half precision are rounded anew. */
const onGrids = (model: Model): Model => ({
  target: model.target,
  parameterization: fakeQuantized({ inner: givenWeights() }),
  trainables: modelParameters(model),
  buffers: model.buffers,
});
