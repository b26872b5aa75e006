// Which features of a network are the same number for every input: units without weights give their bias, and what comes
// of it can be told through activations, pools and normalisations. Numbers that vary are NaN here.
import { ACTIVATIONS, type ActivationName, type NamedArrays, type NamedLayer } from '@mapping-networks/core';
import { constantActivation } from '../constant-activation.ts';
import { repeated, type UnitLayer } from '../units.ts';

/** What is known of a network when it is made smaller: its layers with units, its weights, its buffers. */
export interface Network {
  readonly layers: readonly UnitLayer[];
  readonly weights: NamedArrays;
  readonly buffers: NamedArrays;
}

const none = new Float32Array();

/** A tensor of a layer by its name; empty where the layer has none. */
export const valuesOf = (arrays: NamedArrays, name: string): ArrayLike<number> => arrays[name]?.data ?? none;

/**
 * The constants that each layer with units gets, one for each feature. Zeros around an image are none of them: what a
 * padded convolution gets is constant only where it is 0.
 */
export const constantInputs = (network: Network): readonly Float64Array[] => {
  const { layers } = network;
  const inputs: Float64Array[] = [];
  let features: Float64Array = new Float64Array(layers[0]?.inputs ?? 0).fill(Number.NaN);
  for (const [k, unitLayer] of layers.entries()) {
    const { layer } = unitLayer;
    const padded = layer.type === 'conv2d' && layer.padding === 'same';
    const known = padded ? features.map((value) => (value === 0 ? 0 : Number.NaN)) : features;
    inputs.push(known);
    if (unitLayer.passage === undefined) break;
    features = throughPassage(
      network,
      unitLayer,
      layers[k + 1]?.inputs ?? 0,
      unitConstants(network, unitLayer, known),
    );
  }
  return inputs;
};

/** What each unit gives where all that it reads is constant. */
const unitConstants = (
  { weights }: Network,
  { layer: { name }, units, inputs }: UnitLayer,
  known: Float64Array,
): Float64Array => {
  const kernel = valuesOf(weights, `${name}.kernel`);
  const biases = valuesOf(weights, `${name}.bias`);
  const values = Float64Array.from({ length: units }, (_, unit) => biases[unit] ?? 0);
  for (let i = 0; i < kernel.length; i++) {
    const weight = kernel[i] as number;
    const feature = Math.floor(i / units) % inputs;
    if (weight !== 0) values[i % units] = (values[i % units] as number) + weight * (known[feature] as number);
  }
  return values;
};

const throughPassage = (
  network: Network,
  { passage }: UnitLayer,
  width: number,
  units: Float64Array,
): Float64Array => {
  const { steps = [], separable = false } = passage ?? {};
  if (!separable) return new Float64Array(width).fill(Number.NaN);
  let values = units;
  for (const { layer, owners } of steps) {
    values = throughStep(network, layer, onWidth(values, owners.length));
  }
  return onWidth(values, width);
};

/** Constants on a last axis of another length: known where all elements that come to lie there agree. */
const onWidth = (values: Float64Array, width: number): Float64Array => {
  if (width >= values.length) return repeated(values, width);
  const result = values.slice(0, width);
  values.forEach((value, i) => {
    if (value !== result[i % width]) result[i % width] = Number.NaN;
  });
  return result;
};

const isActivation = (type: NamedLayer['type']): type is ActivationName =>
  (ACTIVATIONS as readonly string[]).includes(type);

const throughStep = (
  { weights, buffers }: Network,
  layer: NamedLayer,
  values: Float64Array,
): Float64Array => {
  const { type, name } = layer;
  if (isActivation(type)) return values.map((value) => constantActivation(type, value));
  if (layer.type !== 'batchNorm') return values;
  const [gains, biases] = [valuesOf(weights, `${name}.gain`), valuesOf(weights, `${name}.bias`)];
  const [means, variances] = [
    valuesOf(buffers, `${name}.runningMean`),
    valuesOf(buffers, `${name}.runningVariance`),
  ];
  return values.map((value, i) => {
    const [gain, bias] = [gains[i] as number, biases[i] as number];
    if (gain === 0) return bias;
    return (
      (gain * (value - (means[i] as number))) /
        Math.sqrt((variances[i] as number) + (layer.epsilon ?? 1e-5)) +
      bias
    );
  });
};
