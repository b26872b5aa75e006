// The constants of a run: those of the map, and those of the regularisers that the loss uses, each under a prefix.
import {
  prefixed,
  unprefixed,
  type Loss,
  type NamedArrays,
  type NamedTensors,
  type ParameterMap,
} from '@mapping-networks/core';
import type { RegularizerName } from '@mapping-networks/core';

const MAP = 'frozen.map.';
const regularizerPrefix = (name: RegularizerName): string => `frozen.${name}.`;

/** What `materialize` needs. */
export const mapConstants = (map: ParameterMap): NamedArrays => prefixed(MAP, map.frozen());

/** What the regularisers of `loss` need beside it. */
export const regularizerConstants = (map: ParameterMap, loss: Loss): NamedArrays =>
  Object.assign(
    {},
    ...loss.requires.regularizers.map((name) =>
      prefixed(regularizerPrefix(name), map.regularizers[name]?.frozen() ?? {}),
    ),
  );

/** The map's constants among the inputs of a step. */
export const mapFrozen = (inputs: NamedTensors): NamedTensors => unprefixed(MAP, inputs);

/** The constants for one regulariser: the map's and its own. */
export const regularizerFrozen = (inputs: NamedTensors, name: RegularizerName): NamedTensors => ({
  ...mapFrozen(inputs),
  ...unprefixed(regularizerPrefix(name), inputs),
});
