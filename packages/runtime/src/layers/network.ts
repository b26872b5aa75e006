// A list of layers as a network: names and shapes follow from the list.
import { invalidBundle, unknownName } from '../errors.ts';
import { isRecord, list, record, requireValid, text } from '../files/check.ts';
import { sizeOf } from '../space/parameter.ts';
import { common, sides, type LayerKind, type PlacedLayer } from './kind.ts';
import type { Layer, Shape } from './layer.ts';

/** A network as plain data: what the options of a target mean. */
export interface LayerList {
  /** Shape of one input: `[height, width, channels]` for images. */
  readonly input: Shape;
  /** 1 to 1,000, from input to output. */
  readonly layers: readonly Layer[];
}

const isNetwork = record({ input: sides, layers: list(isRecord, 1, 1000) });

/**
 * The layers in their places; by default a layer is called its type and a number.
 *
 * @throws RUNTIME_INVALID_BUNDLE naming `where` or the layer, RUNTIME_UNKNOWN_NAME
 */
export const placeLayers = (
  network: LayerList,
  kinds: Readonly<Record<string, LayerKind>>,
  where: string,
): readonly PlacedLayer[] => {
  requireValid(isNetwork(network) && Number.isSafeInteger(sizeOf(network.input)), where);
  let { input } = network;
  const counts = new Map<string, number>();
  const names = new Set<string>();
  return network.layers.map((given) => {
    const { type } = given;
    requireValid(text(type), where);
    if (!Object.hasOwn(kinds, type)) throw unknownName(type);
    const { fields, output: after = () => input } = kinds[type] as LayerKind;
    requireValid(record({ ...common, ...fields })(given), where);
    const count = (counts.get(type) ?? 0) + 1;
    const { name = type + count } = given;
    const layer = { ...given, name };
    const output = name && !names.has(name) && after(layer, input);
    if (!output) throw invalidBundle(`layer ${name}`);
    counts.set(type, count);
    names.add(name);
    const placed = { layer, input, output };
    input = output;
    return placed;
  });
};
