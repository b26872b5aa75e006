// The network of a bundle, by the runtime alone: weights made of the latent, one picture at a time.
import {
  cnn1,
  cnn2,
  load,
  mlp,
  softmax,
  type BundleFiles,
  type Network,
  type NumberArray,
} from '@mapping-networks/runtime';
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
  /** Of its target and its data, as the bundle has them. */
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
  const network = await load(files, { targets: { cnn1, cnn2, mlp } });
  const generation = performance.now() - begin;
  const { theta, hash, weights, data, metrics } = network;
  const [firstKernel] = Object.values(weights);
  if (!data || !firstKernel)
    throw new Error('Expected a network with weights, and with the data it was trained on.');
  const accuracy = metrics?.['test.accuracy'];
  const { mean, std } = data.normalization;
  return {
    name: `${targetOf(files)}, trained on ${data.name}`,
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

/** `load` has checked the file. */
const targetOf = (files: BundleFiles): string =>
  (JSON.parse(files['config.json']) as { target: { use: string } }).target.use;

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
