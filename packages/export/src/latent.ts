// The network as it was trained: a bundle of a latent and a config. A network of layers is described by its layers, so that
// a reader has to know none by name.
import {
  canonicalJson,
  decodeBundle,
  definePlugin,
  encodeBundle,
  float32,
  modelParameters,
  type BundleFiles,
  sizeOf,
  type ExportedNetwork,
  type Exporter,
  type ExportTolerance,
  type Model,
  type Part,
  type Plugin,
} from '@mapping-networks/core';
import { everything, load as loadBundle, RuntimeError } from '@mapping-networks/runtime';
import { feedForward } from '@mapping-networks/targets';
import { z } from 'zod';
import { fileOf } from './file-of.ts';
import { runByTarget } from './measure/run-by-target.ts';
import { requireSameWeights } from './measure/same-weights.ts';
import { registryOf } from './registry-of.ts';
import { toleranceSchema } from './tolerance.ts';

const LATENT = 'latent.safetensors';
const CONFIG = 'config.json';

/** Options of `latent`. */
export interface LatentOptions {
  /** Default: outputs within 1e-4 of the largest. Weights are always compared bit by bit. */
  readonly tolerance: ExportTolerance;
}

/**
 * The network as it was trained, a few kilobytes: `latent.safetensors` and `config.json`, from which any JavaScript engine
 * makes the same weights again, bit by bit. Loaded by `load` of runtime, or by core for targets that are functions
 * and for parameterizations of one's own.
 *
 * @throws EXPORT_MISSING_FILE, EXPORT_OTHER_NETWORK from `load`, EXPORT_WEIGHTS_DIFFER, and what `load` of runtime and `decodeBundle` of core throw,
 * from `load`
 * @example
 * ```ts
 * import { mapping, modelMap } from '@mapping-networks/core';
 * import { latent } from '@mapping-networks/export';
 * import { mlp } from '@mapping-networks/targets';
 * const parts = { target: mlp(), parameterization: mapping({ latentDim: 64 }) };
 * const model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
 * console.log(Object.keys(await latent().impl.write(model, {}))); // ['latent.safetensors', 'config.json']
 * ```
 */
export const latent: Plugin<'exporter', 'latent', Partial<LatentOptions>, LatentOptions> = definePlugin({
  kind: 'exporter',
  name: 'latent',
  summary: 'The trained numbers and their seed, a few KB; the weights are made when it is loaded.',
  options: z.strictObject({ tolerance: toleranceSchema.default({ output: 1e-4 }) }),
  slots: {},
  create: ({ tolerance }): Exporter => ({ tolerance, write, load }),
});

const write: Exporter['write'] = async (model) => {
  const files = encodeBundle({ ...model, target: plainTarget(model.target) });
  return { [LATENT]: files[LATENT], [CONFIG]: new TextEncoder().encode(files[CONFIG]) };
};

/** The target as a list of layers, where it is one and that makes the same parameters. */
const plainTarget = (target: Part<'target'>): Part<'target'> => {
  const { network, parameters } = target.impl;
  if (network === undefined) return target;
  const plain = feedForward(network);
  const same = canonicalJson(plain.impl.parameters.parameters) === canonicalJson(parameters.parameters);
  return same ? plain : target;
};

const load: Exporter['load'] = async (files, model) => {
  const bundle = bundleOf(files);
  try {
    return await inRuntime(bundle, model);
  } catch (error) {
    // A target or a parameterization that only larger readers know.
    if (error instanceof RuntimeError && error.code === 'RUNTIME_UNKNOWN_NAME') return inCore(bundle, model);
    throw error;
  }
};

const inRuntime = async (bundle: BundleFiles, model: Model): Promise<ExportedNetwork> => {
  const network = await loadBundle(bundle, everything);
  requireSameWeights(network.weights, modelParameters(model));
  const { outputShape } = network;
  return {
    runtime: '@mapping-networks/runtime',
    run: async (x) => {
      const [examples = 0] = x.shape;
      const data = Float32Array.from(x.data);
      const size = data.length / examples;
      const outputs = new Float32Array(examples * sizeOf(outputShape));
      for (let i = 0; i < examples; i++) {
        // A page waits for one image at a time; so does whoever else shares this thread.
        if (i % 16 === 15) await new Promise((resolve) => setTimeout(resolve));
        outputs.set(network.run(data.subarray(i * size, (i + 1) * size)), i * sizeOf(outputShape));
      }
      return float32(outputs, [examples, ...outputShape]);
    },
    dispose: () => {},
  };
};

const inCore = async (bundle: BundleFiles, model: Model): Promise<ExportedNetwork> => {
  const again = decodeBundle(bundle, registryOf({ ...model, target: plainTarget(model.target) }));
  const parameters = modelParameters(again);
  requireSameWeights(parameters, modelParameters(model));
  return runByTarget('core', { target: again.target, parameters, buffers: again.buffers });
};

const bundleOf = (files: Readonly<Record<string, Uint8Array>>): BundleFiles => {
  const config = fileOf(files, CONFIG);
  return {
    [LATENT]: fileOf(files, LATENT),
    // What is no UTF-8 becomes other text, which the checksum does not fit; a byte order mark stays, and is no JSON.
    [CONFIG]: new TextDecoder('utf-8', { ignoreBOM: true }).decode(config),
  };
};
