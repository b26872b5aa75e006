// Names that tfjs-layers takes: it has a narrower idea of them, and calls its input after the first layer.
import type { NamedLayer } from '@mapping-networks/core';

const VALID = /^[A-Za-z0-9][-A-Za-z0-9._/]*$/;

/** For each layer its own name, or `layer_PLACE` where tfjs-layers would refuse that; no name twice. */
export const layerNames = (layers: readonly NamedLayer[]): readonly string[] => {
  const own = new Set(layers.map(({ name }) => name));
  const names: string[] = [];
  for (const [place, { name }] of layers.entries()) {
    let given = VALID.test(name) && name !== `${names[0]}_input` ? name : `layer_${place + 1}`;
    while (given !== name && own.has(given)) given += '_';
    names.push(given);
  }
  return names;
};
