// The mapping without a network: all weights from a latent, and, for its share of a step, back from their gradients.
import {
  kernel,
  mapping,
  parameterSpace,
  prefixed,
  unprefixed,
  type NamedArrays,
  type NamedTensors,
  type ParameterMap,
  type ParameterSpace,
  type Part,
  type Step,
} from '@mapping-networks/core';
import { compileGenerator } from '@mapping-networks/train';
import * as tf from '@tensorflow/tfjs-core';
import { GENERATION_LATENT } from '../contestants.ts';
import { networkOf, type NetworkName } from '../networks.ts';
import { repeated, type Prepared } from './prepared.ts';

const LAYERS = 8;

/** Eight layers of equal size, `parameters` in all. */
const spaceOf = (parameters: number): ParameterSpace =>
  parameterSpace(
    Array.from({ length: LAYERS }, (_, index) => kernel(`layer${index}`, [parameters / LAYERS / 4, 4])),
  );

const compiled = async (
  map: ParameterMap,
  engine: Part<'engine'>,
  stepOf: (map: ParameterMap) => Step,
): Promise<Prepared> => {
  const begin = performance.now();
  const session = await engine.impl.open();
  const latent = prefixed('model.', map.init(0));
  const step = session.compile(stepOf(map), {
    frozen: prefixed('frozen.', map.frozen()),
    inputs: Object.fromEntries(
      Object.entries(latent).map(([name, { shape, dtype }]) => [name, { shape, dtype }]),
    ),
  });
  const work = (): Promise<NamedArrays> => step.run(latent);
  await work();
  return { firstMs: performance.now() - begin, threads: session.threads, run: repeated(work) };
};

const parametersOf = (map: ParameterMap, inputs: NamedTensors): NamedTensors =>
  map.materialize(unprefixed('model.', inputs), unprefixed('frozen.', inputs));

/** `parameters` weights in one array of the caller's, in chunks. */
export const prepareGeneration = async (parameters: number, engine: Part<'engine'>): Promise<Prepared> => {
  const begin = performance.now();
  const map = mapping({ latentDim: GENERATION_LATENT }).impl.bind(spaceOf(parameters));
  const session = await engine.impl.open();
  const generator = compileGenerator(session, map);
  const latent = map.init(0);
  const theta = new Float32Array(parameters);
  const work = (): Promise<unknown> => generator.run(latent, theta);
  await work();
  return { firstMs: performance.now() - begin, threads: session.threads, run: repeated(work) };
};

/** The same weights in the canonical generator, which needs no engine. */
export const prepareCanonical = async (parameters: number): Promise<Prepared> => {
  const begin = performance.now();
  const map = mapping({ latentDim: GENERATION_LATENT }).impl.bind(spaceOf(parameters));
  const latent = map.init(0);
  const work = (): unknown => map.generate(latent);
  work();
  return { firstMs: performance.now() - begin, threads: 1, run: repeated(work) };
};

/** ∂‖θ(z)‖²/∂z: the map once forward and once back, with little else. */
const roundTrip =
  (map: ParameterMap): Step =>
  (inputs) => {
    const energy = (z: tf.Tensor): tf.Scalar =>
      tf.addN(
        Object.values(parametersOf(map, { ...inputs, 'model.z': z })).map((each) => tf.sum(tf.square(each))),
      );
    return { gradient: tf.grad(energy)(inputs['model.z'] as tf.Tensor) };
  };

/** The map of a network, forward and back: what of a training step is the mapping's. */
export const prepareMapping = (name: NetworkName, engine: Part<'engine'>): Promise<Prepared> => {
  const { target, latentDim } = networkOf(name);
  return compiled(mapping({ latentDim }).impl.bind(target.impl.parameters), engine, roundTrip);
};
