// Who feeds whom: the convolutions and dense layers of a network, and which filter or unit makes each feature that the
// layers after it get. Pools and activations leave features where they are, flatten repeats them for every place.
import {
  sizeOf,
  type Conv2dLayer,
  type DenseLayer,
  type LayeredNetwork,
  type NamedLayer,
  type ParameterSpace,
} from '@mapping-networks/core';

/** A layer that makes features of features. */
export interface UnitLayer {
  readonly layer: (Conv2dLayer | DenseLayer) & { readonly name: string };
  /** Filters or units that it has, features that it gets. */
  readonly units: number;
  readonly inputs: number;
  /** What lies between it and the next one; absent for the last, whose units are the outputs. */
  readonly passage?: Passage;
}

/** From one layer with units to the next. */
export interface Passage {
  readonly steps: readonly Step[];
  /** The unit behind each feature that the next layer gets. */
  readonly owners: Int32Array;
  /** Whether a unit can go without tearing others apart: a reshape may put several of them on one axis. */
  readonly separable: boolean;
}

interface Step {
  readonly layer: NamedLayer;
  /** The unit behind each feature that the step gets. */
  readonly owners: Int32Array;
}

/** The last axis of what a layer gives, when it is not that of what it gets. */
const widthAfter = (layers: readonly NamedLayer[], index: number, inputs: Inputs): number | undefined => {
  const layer = layers[index];
  if (layer?.type === 'reshape') return layer.shape.at(-1);
  if (layer?.type !== 'flatten') return undefined;
  // Whatever takes the one axis of a flatten layer knows how long it is.
  for (const next of layers.slice(index + 1)) {
    if (next.type === 'reshape') return sizeOf(next.shape);
    const width = inputs(next);
    if (width !== undefined) return width;
  }
  return undefined;
};

/** Features that a layer gets, where its parameters tell. */
type Inputs = (layer: NamedLayer) => number | undefined;

/** `values` of features on a last axis of another length, by the same order of all elements. */
export const repeated = <A extends Int32Array | Float64Array>(values: A, width: number): A => {
  const like = values.slice(0, 0) as A;
  const result = like instanceof Int32Array ? new Int32Array(width) : new Float64Array(width);
  for (let i = 0; i < width; i++) result[i] = values[i % values.length] as number;
  return result as A;
};

/** Whether features on an axis of `width` are made by one unit each, wherever on the other axes they lie. */
const separates = (owners: Int32Array, width: number): boolean =>
  width % owners.length === 0 ||
  (owners.length % width === 0 && owners.every((owner, i) => owner === owners[i % width]));

const passageFrom = (
  layers: readonly NamedLayer[],
  from: number,
  units: number,
  inputs: Inputs,
): Passage | undefined => {
  let owners = Int32Array.from({ length: units }, (_, unit) => unit);
  let separable = true;
  const steps: Step[] = [];
  for (const [index, layer] of layers.entries()) {
    if (index <= from) continue;
    if (isUnitLayer(layer)) return { steps, owners, separable };
    steps.push({ layer, owners });
    const width = widthAfter(layers, index, inputs);
    if (width === undefined) continue;
    separable &&= separates(owners, width);
    owners = repeated(owners, width);
  }
  return undefined;
};

const isUnitLayer = (layer: NamedLayer): layer is UnitLayer['layer'] =>
  layer.type === 'conv2d' || layer.type === 'dense';

/** The layers with units, in order. */
export const unitLayers = (
  { layers }: LayeredNetwork,
  { parameters }: ParameterSpace,
): readonly UnitLayer[] => {
  const shapes = new Map(parameters.map(({ name, shape }) => [name, shape]));
  const inputs: Inputs = ({ type, name }) =>
    type === 'batchNorm' ? shapes.get(`${name}.gain`)?.[0] : shapes.get(`${name}.kernel`)?.at(-2);
  return layers.flatMap((layer, index): UnitLayer[] => {
    if (!isUnitLayer(layer)) return [];
    const units = shapes.get(`${layer.name}.kernel`)?.at(-1) ?? 0;
    const passage = passageFrom(layers, index, units, inputs);
    return [{ layer, units, inputs: inputs(layer) ?? 0, ...(passage && { passage }) }];
  });
};
