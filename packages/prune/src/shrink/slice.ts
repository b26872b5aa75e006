// The arrays of a smaller network: kernels without the columns of units that go and the rows that read them, and what
// those units gave as constants in the bias of whoever read it.
import { float32, type ArrayTensor, type Layer, type NamedArrays } from '@mapping-networks/core';
import type { Passage, UnitLayer } from '../units.ts';
import { valuesOf, type Network } from './constants.ts';

/** The entries on the last axis that `stays` keeps. */
const sliceLast = ({ data, shape }: ArrayTensor, stays: Uint8Array): ArrayTensor => {
  const kept = Float32Array.from(data).filter((_, i) => stays[i % stays.length] === 1);
  return float32(kept, [...shape.slice(0, -1), kept.length / (data.length / stays.length)]);
};

/** 1 for each feature whose unit is alive. */
export const featuresOf = (owners: Int32Array, alive: Uint8Array): Uint8Array =>
  Uint8Array.from(owners, (unit) => alive[unit] ?? 1);

/** A layer with units as it will be: its description, and its weights. */
interface SlicedLayer {
  readonly layer: Layer;
  readonly weights: NamedArrays;
}

/** `features` are those that stay of what it gets, `alive` its units that stay, `constants` what it got. */
export const sliceUnits = (
  { weights }: Network,
  { layer, units, inputs }: UnitLayer,
  kept: { readonly features: Uint8Array; readonly alive: Uint8Array; readonly constants: Float64Array },
): SlicedLayer => {
  const { name } = layer;
  const { features, alive, constants } = kept;
  const kernel = weights[`${name}.kernel`] as ArrayTensor;
  const stays = (i: number): boolean =>
    features[Math.floor(i / units) % inputs] === 1 && alive[i % units] === 1;
  const biases = valuesOf(weights, `${name}.bias`);
  const folded = Float64Array.from({ length: units }, (_, unit) => biases[unit] ?? 0);
  kernel.data.forEach((weight, i) => {
    const feature = Math.floor(i / units) % inputs;
    const gone = features[feature] === 0 && weight !== 0 && alive[i % units] === 1;
    if (gone) folded[i % units] = (folded[i % units] as number) + weight * (constants[feature] as number);
  });
  const bias = Float32Array.from(folded).filter((_, unit) => alive[unit] === 1);
  const count = bias.length;
  const shape = [...kernel.shape.slice(0, -2), features.filter((flag) => flag === 1).length, count];
  const biased = biases.length > 0 || bias.some((value) => value !== 0);
  return {
    layer: {
      ...layer,
      ...(layer.type === 'dense' ? { units: count } : { filters: count }),
      bias: biased,
    },
    weights: {
      [`${name}.kernel`]: float32(
        Float32Array.from(kernel.data).filter((_, i) => stays(i)),
        shape,
      ),
      ...(biased && { [`${name}.bias`]: float32(bias) }),
    },
  };
};

const OF_NORMALISATIONS = ['gain', 'bias', 'runningMean', 'runningVariance'];

/** The layers between two with units, and of `arrays` those that are theirs. */
export const sliceSteps = (
  arrays: NamedArrays,
  { steps, owners }: Passage,
  alive: Uint8Array,
): { readonly layers: readonly Layer[]; readonly arrays: NamedArrays } => {
  const sliced: Record<string, ArrayTensor> = {};
  const layers = steps.map(({ layer, owners: own }, index): Layer => {
    if (layer.type === 'batchNorm') {
      for (const name of OF_NORMALISATIONS.map((each) => `${layer.name}.${each}`)) {
        const array = arrays[name];
        if (array) sliced[name] = sliceLast(array, featuresOf(own, alive));
      }
    }
    if (layer.type !== 'reshape') return layer;
    const after = featuresOf(steps[index + 1]?.owners ?? owners, alive).filter((flag) => flag === 1);
    return { ...layer, shape: [...layer.shape.slice(0, -1), after.length] };
  });
  return { layers, arrays: sliced };
};
