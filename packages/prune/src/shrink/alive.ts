// Which units a smaller network needs: those whose output varies and is read by a unit that is needed itself.
import { valuesOf, type Network } from './constants.ts';

/**
 * For each layer with units, 1 for those that stay. The last layer keeps all, and every layer at least one. `inputs` are
 * the constants that each layer gets.
 */
export const aliveUnits = (network: Network, inputs: readonly Float64Array[]): readonly Uint8Array[] => {
  const { layers, weights } = network;
  const alive = layers.map(({ units }) => new Uint8Array(units).fill(1));
  for (let k = layers.length - 2; k >= 0; k--) {
    const [passage, next, readers, own] = [layers[k]?.passage, layers[k + 1], alive[k + 1], alive[k]];
    if (!passage?.separable || !next || !readers || !own) continue;
    const read = readFeatures(valuesOf(weights, `${next.layer.name}.kernel`), next.inputs, readers);
    own.fill(0);
    passage.owners.forEach((unit, feature) => {
      const varies = Number.isNaN(inputs[k + 1]?.[feature]);
      if (varies && read[feature] === 1) own[unit] = 1;
    });
    if (!own.includes(1)) own[0] = 1;
  }
  return alive;
};

/** 1 for each feature that some unit of `readers` has a weight for. */
const readFeatures = (kernel: ArrayLike<number>, inputs: number, readers: Uint8Array): Uint8Array => {
  const [read, units] = [new Uint8Array(inputs), readers.length];
  for (let i = 0; i < kernel.length; i++) {
    if (kernel[i] !== 0 && readers[i % units] === 1) read[Math.floor(i / units) % inputs] = 1;
  }
  return read;
};
