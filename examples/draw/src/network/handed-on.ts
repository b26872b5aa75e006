// Of all activations, those that are worth a picture: what each layer with weights hands on to the next one, after its
// pool and its activation function.
import type { LayerActivation, Network, NumberArray } from '@mapping-networks/runtime';

/** What a layer with weights hands on, under its name. */
export interface Seen extends NumberArray {
  readonly name: string;
}

/** One for each layer with a kernel, from first to last; the last one's are the logits. */
export const handedOn = (
  { weights }: Pick<Network, 'weights'>,
  activations: readonly LayerActivation[],
): readonly Seen[] => {
  const found: Seen[] = [];
  for (const { name, type, shape, data } of activations) {
    if (weights[`${name}.kernel`]) found.push({ name, shape, data });
    else if (type !== 'flatten' && found.length > 0)
      found.push({ name: found.pop()?.name ?? name, shape, data });
  }
  return found;
};
