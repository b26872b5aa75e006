// A really smaller network: units that are masked, or that nothing depends on, are cut out, with all that belongs to them.
import {
  direct,
  directTrainables,
  modelParameters,
  requireArgument,
  requireModel,
  type Layer,
  type LayeredNetwork,
  type MakeTarget,
  type Model,
  type NamedArrays,
} from '@mapping-networks/core';
import { noLayers } from '../errors.ts';
import { unitLayers } from '../units.ts';
import { aliveUnits } from './alive.ts';
import { constantInputs, type Network } from './constants.ts';
import { featuresOf, sliceSteps, sliceUnits } from './slice.ts';

interface Smaller {
  readonly layers: readonly Layer[];
  /** Weights and buffers by name. */
  readonly arrays: NamedArrays;
}

/** Layers and arrays without what is not alive; layers before the first and after the last with units stay as they are. */
const smaller = ({ layers: all }: LayeredNetwork, network: Network): Smaller => {
  const constants = constantInputs(network);
  const alive = aliveUnits(network, constants);
  const replaced = new Map<string, Layer>();
  const arrays: Record<string, NamedArrays[string]> = { ...network.buffers, ...network.weights };
  let features: Uint8Array = new Uint8Array(network.layers[0]?.inputs ?? 0).fill(1);
  for (const [k, unitLayer] of network.layers.entries()) {
    const own = alive[k] as Uint8Array;
    const kept = { features, alive: own, constants: constants[k] as Float64Array };
    const units = sliceUnits(network, unitLayer, kept);
    replaced.set(unitLayer.layer.name, units.layer);
    Object.assign(arrays, units.weights);
    if (unitLayer.passage === undefined) break;
    const steps = sliceSteps(arrays, unitLayer.passage, own);
    for (const layer of steps.layers) replaced.set(layer.name ?? '', layer);
    Object.assign(arrays, steps.arrays);
    features = featuresOf(unitLayer.passage.owners, own);
  }
  return { layers: all.map((layer) => replaced.get(layer.name) ?? layer), arrays };
};

/**
 * The same network without its superfluous filters and units: those whose output nothing reads, because the weights that
 * would are zero, and those that give the same number for every input, which goes into the bias of whoever reads it.
 * Outputs are those of `model` to 1e-5. Such units come from `prune({ structure: 'filters' })`, and from other masks where
 * they leave nothing of a unit. Layers keep their outputs, and at least one unit.
 *
 * Returned is a network whose target is made by `feedForward`, with fewer filters and units, all of its weights held by
 * `direct`. A unit that is constant but not 0 stays before a padded convolution, which sees the border around it.
 *
 * @throws CORE_INVALID_ARGUMENT; PRUNE_NO_LAYERS for a target that is no list of layers
 * @example
 * ```ts
 * import { direct, modelMap } from '@mapping-networks/core';
 * import { prune, shrink } from '@mapping-networks/prune';
 * import { feedForward, mlp } from '@mapping-networks/targets';
 * const parts = { target: mlp({ inputShape: [4], hidden: [8], classes: 2 }), parameterization: direct() };
 * const network = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
 * const unused = () => Promise.reject(new Error('one shot, nothing is measured'));
 * const pass = prune({ structure: 'filters', sparsity: 0.75 }).impl;
 * const { model } = await pass.apply(network, { evaluate: unused, outputs: unused });
 * console.log(shrink(model, feedForward).trainables['fc1.kernel']?.shape); // [4, 2]
 * ```
 */
export const shrink = (model: Model, feedForward: MakeTarget): Model => {
  requireModel('shrink', model);
  requireArgument(
    typeof feedForward === 'function',
    'shrink',
    'feedForward',
    'the plugin feedForward',
    feedForward,
  );
  const { target, buffers, data, metrics } = model;
  const { network, parameters, inputShape } = target.impl;
  if (network === undefined) throw noLayers('shrink', target.name);
  const weights = modelParameters(model);
  const { layers, arrays } = smaller(network, { layers: unitLayers(network, parameters), weights, buffers });
  const made = feedForward({ input: inputShape, layers });
  return {
    target: made,
    parameterization: direct(),
    trainables: directTrainables(made.impl.parameters, arrays),
    buffers: Object.fromEntries(
      made.impl.buffers.map(({ name }) => [name, arrays[name] as NamedArrays[string]]),
    ),
    ...(data && { data }),
    ...(metrics && { metrics }),
  };
};
