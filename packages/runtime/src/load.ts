// A bundle as a network that runs: everything in the files is checked before anything large is made.
import { invalidArgument, mismatch, tooLarge, unknownName } from './errors.ts';
import { canonicalJson } from './files/canonical-json.ts';
import { isRecord, requireValid, text } from './files/check.ts';
import { readConfig, type DataSummary, type Spec } from './files/config.ts';
import { readSafetensors } from './files/safetensors.ts';
import { sha256 } from './files/sha256.ts';
import type { Find, LayerKind } from './layers/kind.ts';
import type { Layer, Shape } from './layers/layer.ts';
import { placeLayers, type LayerList } from './layers/network.ts';
import { USUAL } from './layers/usual.ts';
import {
  floats,
  type Bind,
  type NeededTensor,
  type RuntimeParameterization,
  type Tensors,
} from './parameterization/binding.ts';
import type { LatentDecoder } from './parameterization/decode-latent.ts';
import { slvt } from './parameterization/slvt.ts';
import { placeParameters, sizeOf } from './space/parameter.ts';

const BUFFER = 'buffer/';

/** The files of a bundle by name. */
export interface BundleFiles {
  readonly 'latent.safetensors': Uint8Array;
  readonly 'config.json': string;
}

/** A target as a function from its options in config.json to a list of layers. It checks them itself. */
export type LayeredTarget = (options: unknown) => LayerList;

/** What `load` needs to know beyond the files. */
export interface LoadOptions {
  /** Networks by the names that bundles give them, beside `feedForward`: from the options in config.json to layers. */
  readonly targets?: Readonly<Record<string, LayeredTarget>>;
  /** Types of layers beside `conv2d`, `dense`, `maxPool2d`, `relu`, `flatten`, `reshape` and `dropout`. */
  readonly layers?: Readonly<Record<string, LayerKind>>;
  /** `decodeLatent`, for latents that are stored in fewer bits than float32 has. */
  readonly decode?: LatentDecoder;
  /** Parameterizations beside the plain `mapping`. */
  readonly parameterizations?: Readonly<Record<string, RuntimeParameterization>>;
}

/** Numbers in row-major order, with their shape. */
export interface NumberArray {
  readonly shape: Shape;
  readonly data: Float32Array;
}

/** What a layer gives for one input. */
export interface LayerActivation extends NumberArray {
  readonly name: string;
  readonly type: Layer['type'];
}

/** A network with the weights of a bundle. */
export interface Network {
  /** Shape of one input: `[height, width, channels]` for images. */
  readonly inputShape: Shape;
  /** Shape of one output. */
  readonly outputShape: Shape;
  /** Weights by name, views on `theta`: `NAME.kernel`, `NAME.bias`. */
  readonly weights: Readonly<Record<string, NumberArray>>;
  /** All weights, flat. */
  readonly theta: Float32Array;
  /** SHA-256 of `theta` as little-endian float32, in hexadecimal: equal hashes are equal networks, bit for bit. */
  readonly hash: string;
  /** The data that the network was trained on, where the bundle says. */
  readonly data: DataSummary | undefined;
  /** Scores when it was saved, such as `test.accuracy`. */
  readonly metrics: Readonly<Record<string, number>> | undefined;
  /**
   * The output for one input: logits of a classifier.
   *
   * @throws RUNTIME_INVALID_ARGUMENT unless `x` has as many numbers as `inputShape` says
   */
  run(x: ArrayLike<number>): Float32Array;
  /**
   * The output of every layer for one input, from first to last.
   *
   * @throws RUNTIME_INVALID_ARGUMENT
   */
  activations(x: ArrayLike<number>): readonly LayerActivation[];
}

const MOST_PARAMETERS = 1e8;
const MOST_TENSORS = 1e4;
const MOST_OPERATIONS = 1e11;

/**
 * The network of a bundle, its weights made of the latent: the same bits as everywhere else, or an error.
 *
 * Targets: `feedForward`, which exported latents have, and those in `targets`; parameterizations: `mapping` with
 * projections `hadamard`, `oneHot` and `dense`, `direct`, `masked`, `lowRank`, `fakeQuantized`.
 *
 * @throws RuntimeError: RUNTIME_INVALID_ARGUMENT, RUNTIME_INVALID_BUNDLE, RUNTIME_NEWER_BUNDLE, RUNTIME_UNKNOWN_NAME,
 * RUNTIME_INVALID_LAYER, RUNTIME_INVALID_LATENT, RUNTIME_TOO_LARGE, RUNTIME_WRONG_TENSOR, RUNTIME_MISMATCH
 * @example
 * ```ts no-run
 * import { cnn1, load, softmax } from '@mapping-networks/runtime';
 * const file = (name: string) => fetch(`model/${name}`);
 * const network = await load(
 *   {
 *     'latent.safetensors': new Uint8Array(await (await file('latent.safetensors')).arrayBuffer()),
 *     'config.json': await (await file('config.json')).text(),
 *   },
 *   { targets: { cnn1 } },
 * );
 * console.log(softmax(network.run(new Float32Array(28 * 28))));
 * ```
 */
export const load = async (files: BundleFiles, options: LoadOptions = {}): Promise<Network> => {
  const bytes = files?.['latent.safetensors'];
  const json = files?.['config.json'];
  if (typeof json !== 'string' || !ArrayBuffer.isView(bytes)) throw invalidArgument('a bundle');
  const config = readConfig(json);
  const stored = readSafetensors(bytes);
  const { use, ...given } = config.target;
  const target = named<LayeredTarget>({ feedForward: (list) => list as LayerList, ...options.targets }, use);
  const kinds = { ...USUAL, ...options.layers };
  const layers = placeLayers(target(given), kinds, use);
  const space = placeParameters(
    layers.flatMap(({ layer, input }) => kinds[layer.type]?.parameters?.(layer, input) ?? []),
  );
  const { parameters, size } = space;
  requireValid(size > 0, use);
  if (size > MOST_PARAMETERS || parameters.length > MOST_TENSORS) throw tooLarge('parameters');

  const bind: Bind = (spec, inner, constants) => {
    const own = (isRecord(spec) ? spec : { use: spec }) as Spec;
    requireValid(text(own.use), 'use');
    return named({ mapping: slvt, ...options.parameterizations }, own.use)(own, inner, bind, constants);
  };
  const map = bind(config.parameterization, space, 'constant/');
  if (map.operations > MOST_OPERATIONS) throw tooLarge('operations');
  const statistics = layers.flatMap(({ layer: { type, name }, input }) =>
    (kinds[type]?.statistics ?? []).map((what) => ({
      name: `${BUFFER}${name}.${what}`,
      shape: input.slice(-1),
    })),
  );
  const encoded = config.encoding ?? {};
  if (Object.keys(encoded)[0] && !options.decode) throw unknownName('encoding');
  const tensors = options.decode?.(encoded, map.needs, stored) ?? stored;
  requireTensors([...map.needs, ...statistics], tensors);
  const text8 = new TextEncoder().encode(canonicalJson({ ...config, checksum: undefined }));
  if (config.checksum && (await sha256(text8, bytes)) !== config.checksum) throw mismatch('checksum');
  const theta = map.generate(tensors);
  const hash = await sha256(new Uint8Array(theta.buffer));
  if (hash !== config.fingerprint) throw mismatch('fingerprint');

  const weights = Object.fromEntries(
    parameters.map(({ name, shape, offset, size: count }) => [
      name,
      { shape, data: theta.subarray(offset, offset + count) },
    ]),
  );
  const [inputShape, outputShape] = [layers[0]?.input, layers.at(-1)?.output] as [Shape, Shape];
  const activations = (x: ArrayLike<number>): readonly LayerActivation[] => {
    let data: Float32Array = new Float32Array(x);
    if (data.length !== sizeOf(inputShape)) throw invalidArgument(`${sizeOf(inputShape)} numbers`);
    return layers.map((placed) => {
      const { layer, output: shape } = placed;
      const { name, type } = layer;
      const find: Find = (what) =>
        weights[`${name}.${what}`]?.data ?? floats(tensors, `${BUFFER}${name}.${what}`);
      data = kinds[type]?.compute?.(placed, data, new Float32Array(sizeOf(shape)), find) ?? data;
      return { name, type, shape, data };
    });
  };
  return {
    inputShape,
    outputShape,
    weights,
    theta,
    hash,
    data: config.data,
    metrics: config.metrics,
    activations,
    run: (x) => activations(x).at(-1)?.data as Float32Array,
  };
};

/** @throws RUNTIME_UNKNOWN_NAME */
const named = <T>(known: Readonly<Record<string, T>>, name: string): T => {
  if (!Object.hasOwn(known, name)) throw unknownName(name);
  return known[name] as T;
};

/** @throws RUNTIME_INVALID_BUNDLE unless the file holds these tensors and no others, all finite */
const requireTensors = (needs: readonly NeededTensor[], tensors: Tensors): void => {
  const names = new Set<string>();
  for (const { name, shape, fits } of needs) {
    names.add(name);
    const tensor = tensors.get(name);
    requireValid(
      tensor !== undefined &&
        (fits?.(tensor) ?? (tensor.dtype === 'F32' && tensor.shape.join() === shape?.join())) &&
        tensor.data.every((value) => Number.isFinite(value)),
      name,
    );
  }
  requireValid(names.size === tensors.size, 'tensors');
};
