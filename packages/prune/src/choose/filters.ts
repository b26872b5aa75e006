// Whole filters of convolutions and units of dense layers, by the norm of their weights. With a unit go its bias, what a
// normalisation does to its output, and the weights by which the next layer reads it.
import type { PlacedParameter, Target } from '@mapping-networks/core';
import { noLayers, noUnits } from '../errors.ts';
import type { Kept } from '../mask.ts';
import type { PruneOptions } from '../options.ts';
import { unitLayers, type Passage, type UnitLayer } from '../units.ts';
import type { Chooser } from './chooser.ts';
import { dropLowest } from './lowest.ts';

/** A layer whose units may go, and the places in θ of all that belongs to each of them. */
interface Prunable {
  readonly name: string;
  readonly kernel: PlacedParameter;
  readonly units: number;
  readonly places: readonly (readonly number[])[];
}

type Find = (name: string) => PlacedParameter | undefined;

const prunable = (
  { layer: { name }, units, passage }: UnitLayer & { readonly passage: Passage },
  next: UnitLayer,
  find: Find,
): Prunable => {
  const places = Array.from({ length: units }, (): number[] => []);
  const add = (parameter: PlacedParameter | undefined, ownerOf: (index: number) => number): void => {
    const { offset = 0, size = 0 } = parameter ?? {};
    for (let i = 0; i < size; i++) places[ownerOf(i)]?.push(offset + i);
  };
  const kernel = find(`${name}.kernel`);
  add(kernel, (i) => i % units);
  add(find(`${name}.bias`), (i) => i);
  for (const { layer, owners } of passage.steps) {
    if (layer.type !== 'batchNorm') continue;
    for (const own of ['gain', 'bias']) add(find(`${layer.name}.${own}`), (i) => owners[i] as number);
  }
  add(
    find(`${next.layer.name}.kernel`),
    (i) => passage.owners[Math.floor(i / next.units) % next.inputs] as number,
  );
  return { name, kernel: kernel as PlacedParameter, units, places };
};

/** The norm of each unit's weights, relative to that of the layer's units; −1 for those that are gone. */
const unitScores = ({ kernel, units }: Prunable, theta: Float32Array, kept: Kept): Float32Array => {
  const squares = new Float64Array(units);
  for (let i = 0; i < kernel.size; i++) {
    const value = kept[kernel.offset + i] === 0 ? 0 : (theta[kernel.offset + i] as number);
    squares[i % units] = (squares[i % units] as number) + value * value;
  }
  const mean = squares.reduce((sum, square) => sum + square, 0) / units;
  const gone = goneUnits(kernel, units, kept);
  return Float32Array.from(squares, (square, unit) => (gone[unit] ? -1 : Math.sqrt(square / (mean || 1))));
};

const goneUnits = ({ offset, size }: PlacedParameter, units: number, kept: Kept): readonly boolean[] => {
  const gone = Array.from({ length: units }, () => true);
  for (let i = 0; i < size; i++) if (kept[offset + i] !== 0) gone[i % units] = false;
  return gone;
};

/** One unit of each layer stays whatever its norm: its largest. */
const spare = (scores: Float32Array): Float32Array => {
  const largest = scores.indexOf(Math.max(...scores));
  return scores.map((score, unit) => (unit === largest ? Number.POSITIVE_INFINITY : score));
};

/** The units that stay, layer by layer: round(units · sparsity) go in all or in each layer, but never all of a layer. */
const chosenUnits = (
  scores: readonly Float32Array[],
  sparsity: number,
  scope: PruneOptions['scope'],
): readonly Uint8Array[] => {
  const spared = scores.map(spare);
  const drop = (all: Float32Array, most: number): Uint8Array =>
    dropLowest(all, Math.min(most, Math.round(all.length * sparsity)));
  if (scope !== 'global') return spared.map((own) => drop(own, own.length - 1));
  const all = Float32Array.from(spared.flatMap((own) => [...own]));
  const chosen = drop(all, all.length - scores.length);
  let first = 0;
  return scores.map(({ length }) => chosen.subarray(first, (first += length)));
};

/** @throws PRUNE_NO_LAYERS, PRUNE_NO_UNITS */
export const filterChooser = (
  target: { readonly name: string; readonly impl: Target },
  scope: PruneOptions['scope'],
): Chooser => {
  const { network, parameters: space } = target.impl;
  if (network === undefined) throw noLayers("Pruning with structure 'filters'", target.name);
  const all = unitLayers(network, space);
  const named = new Map(space.parameters.map((parameter) => [parameter.name, parameter]));
  const layers = all.flatMap((unitLayer, index): Prunable[] => {
    const [next, { passage }] = [all[index + 1], unitLayer];
    return next && passage?.separable
      ? [prunable({ ...unitLayer, passage }, next, (name) => named.get(name))]
      : [];
  });
  if (layers.length === 0) throw noUnits(target.name);
  const gone = (kept: Kept): readonly (readonly boolean[])[] =>
    layers.map(({ kernel, units }) => goneUnits(kernel, units, kept));
  return {
    present: (kept) => {
      const flags = gone(kept).flat();
      return flags.filter(Boolean).length / flags.length;
    },
    choose: (theta, kept, sparsity) => {
      const result = kept.slice();
      const chosen = chosenUnits(
        layers.map((layer) => unitScores(layer, theta, kept)),
        sparsity,
        scope,
      );
      layers.forEach(({ places }, k) => {
        places.forEach((own, unit) => {
          if (chosen[k]?.[unit] === 0) for (const place of own) result[place] = 0;
        });
      });
      return result;
    },
    details: (kept) =>
      Object.fromEntries(
        gone(kept).map((flags, k) => [
          `units ${layers[k]?.name}`,
          `${flags.filter((flag) => !flag).length} of ${flags.length}`,
        ]),
      ),
  };
};
