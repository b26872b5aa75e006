// The topology of a network as tfjs-layers itself writes it, and the weights that it asks for, in their order.
import type { LayeredNetwork } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { sequential } from '@tensorflow/tfjs-layers';
import { onWasm } from '../measure/tensors.ts';
import { layerNames } from './layer-names.ts';
import { layerOf } from './layer-of.ts';

export interface Topology {
  /** JSON of the model. */
  readonly modelTopology: object;
  readonly weights: readonly WeightPlace[];
}

export interface WeightPlace {
  /** In tfjs-layers: `conv1/kernel`. */
  readonly name: string;
  /** In ours: `conv1.kernel`. */
  readonly source: string;
}

/** What tfjs-layers calls the tensors of a layer, and what we do. */
const NAMES: Readonly<Record<string, string>> = {
  kernel: 'kernel',
  bias: 'bias',
  gamma: 'gain',
  beta: 'bias',
  moving_mean: 'runningMean',
  moving_variance: 'runningVariance',
};

export const topologyOf = ({ input, layers }: LayeredNetwork): Promise<Topology> =>
  onWasm(async () => {
    const model = sequential({ name: 'network' });
    const names = layerNames(layers);
    const ours = new Map(layers.map(({ name }, i) => [names[i] as string, name]));
    try {
      layers.forEach((given, i) => {
        const layer = { ...given, name: names[i] as string };
        // The shape of the batch comes first.
        const flat = i === 0 ? input.length === 1 : model.outputs[0]?.shape.length === 2;
        model.add(layerOf(layer, { first: i === 0, inputShape: [...input], flat }));
      });
      return await saved(model, ours);
    } finally {
      model.dispose();
    }
  });

/** `ours` gives our names of layers for those that tfjs-layers knows. */
const saved = async (
  model: ReturnType<typeof sequential>,
  ours: ReadonlyMap<string, string>,
): Promise<Topology> => {
  let topology: Topology = { modelTopology: {}, weights: [] };
  await model.save(
    tf.io.withSaveHandler(async ({ modelTopology = {}, weightSpecs = [] }) => {
      const weights = weightSpecs.map(({ name }) => ({ name, source: sourceOf(name, ours) }));
      topology = { modelTopology, weights };
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  return topology;
};

const sourceOf = (name: string, ours: ReadonlyMap<string, string>): string => {
  const at = name.lastIndexOf('/');
  const [layer, tensor] = [name.slice(0, at), name.slice(at + 1)];
  return `${ours.get(layer) ?? layer}.${NAMES[tensor] ?? tensor}`;
};
