// The network of a bundle, by the runtime alone: weights made of the latent, one picture at a time.
import { load, softmax, type BundleFiles, type Network, type NumberArray } from '@mapping-networks/runtime';
import { handedOn, type Seen } from './handed-on.ts';

/** What the network makes of one drawing. */
export interface Reading {
  /** Of each class. */
  readonly probabilities: Float32Array;
  readonly layers: readonly Seen[];
  /** Time that it took. */
  readonly milliseconds: number;
}

/** A network that reads drawings, and what the page says of it. */
export interface DrawnNetwork {
  /** Its layers with weights, and its data. */
  readonly name: string;
  readonly classes: readonly string[];
  /** On its test split, where the bundle says. */
  readonly accuracy?: number;
  readonly parameters: number;
  /** Of both files. */
  readonly bytes: number;
  /** Milliseconds from the files to the checked weights. */
  readonly generation: number;
  /** SHA-256 of all weights. */
  readonly hash: string;
  readonly firstKernel: NumberArray;
  /** `ink` of 28 × 28 pixels, 0 … 1. */
  read(ink: Float32Array): Reading;
}

/** Makes the network of a bundle; errors are those of the runtime. */
export const openNetwork = async (files: BundleFiles): Promise<DrawnNetwork> => {
  const begin = performance.now();
  const network = await load(files);
  const generation = performance.now() - begin;
  const { theta, hash, weights, data, metrics } = network;
  const [firstKernel] = Object.values(weights);
  if (!data || !firstKernel)
    throw new Error('Expected a network with weights, and with the data it was trained on.');
  const accuracy = metrics?.['test.accuracy'];
  const { mean, std } = data.normalization;
  return {
    name: `${layersOf(network)}, trained on ${data.name}`,
    classes: data.classes,
    ...(accuracy !== undefined && { accuracy }),
    parameters: theta.length,
    bytes: files['latent.safetensors'].length + new TextEncoder().encode(files['config.json']).length,
    generation,
    hash,
    firstKernel,
    // Ink is the byte of a picture over `scale` already.
    read: (ink) =>
      reading(
        network,
        ink.map((value) => (value - mean) / std),
      ),
  };
};

/** `4 convolutions and 2 dense layers`. */
const layersOf = ({ weights }: Network): string => {
  const kernels = Object.entries(weights).filter(([name]) => name.endsWith('.kernel'));
  const convolutions = kernels.filter(([, { shape }]) => shape.length === 4).length;
  const parts = [counted(convolutions, 'convolution'), counted(kernels.length - convolutions, 'dense layer')];
  return parts.flatMap((part) => part ?? []).join(' and ');
};

const counted = (count: number, what: string): string | undefined =>
  count > 0 ? `${count} ${what}${count > 1 ? 's' : ''}` : undefined;

const reading = (network: Network, x: Float32Array): Reading => {
  const begin = performance.now();
  const activations = network.activations(x);
  const logits = activations.at(-1)?.data ?? new Float32Array();
  return {
    probabilities: softmax(logits),
    layers: handedOn(network, activations),
    milliseconds: performance.now() - begin,
  };
};
