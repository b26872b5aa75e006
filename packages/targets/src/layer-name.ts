// Names for layers that have none: the type and a count of that type, so that adding a layer of another type
// renames nothing.
import type { Layer, NamedLayer } from '@mapping-networks/core';
import { invalidLayerName } from './errors.ts';
import { requireLayers } from './layer-schema.ts';

/** @throws TARGETS_UNKNOWN_LAYER; TARGETS_LAYER_NAME when two layers share a name, or one is empty */
export const nameLayers = (layers: readonly Layer[]): readonly NamedLayer[] => {
  const counts = new Map<string, number>();
  const names = new Set<string>();
  requireLayers(layers);
  return layers.map((layer) => {
    const count = (counts.get(layer.type) ?? 0) + 1;
    counts.set(layer.type, count);
    const name = layer.name ?? `${layer.type}${count}`;
    if (typeof name !== 'string' || name === '' || names.has(name)) throw invalidLayerName(name);
    names.add(name);
    return { ...layer, name };
  });
};
