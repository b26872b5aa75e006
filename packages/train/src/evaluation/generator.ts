// All parameters as one flat array, computed on an engine: in chunks where the map can be cut, so that neither its
// tables nor what is between them and θ is ever there for all of θ.
import {
  requireArgument,
  requireWhole,
  unprefixed,
  zeros,
  type CompiledStep,
  type EngineSession,
  type InputSpec,
  type MapChunks,
  type NamedArrays,
  type ParameterMap,
} from '@mapping-networks/core';
import { entry, mapNamed } from '../named.ts';
import { mapConstants } from '../step/frozen.ts';
import { meanwhile } from '../step/meanwhile.ts';
import { compileMaterialize } from './materialize.ts';

/** A map compiled for an engine, to be given any number of latents. */
export interface CompiledGenerator {
  /**
   * θ of these trainables, in the order of the space: `modelTheta` within 1e-5 relative. It is written to `theta` and
   * returned; without one, to a new array.
   */
  run(trainables: NamedArrays, theta?: Float32Array): Promise<Float32Array>;
  /** Frees what `compileGenerator` took of the session. */
  dispose(): void;
}

/** How `compileGenerator` cuts θ. */
export interface GeneratorOptions {
  /** About how many parameters are computed at once; changes memory and speed, not the result. Default 2¹⁸. */
  readonly chunkSize?: number;
}

/**
 * Compiles a map for generation alone: θ without a target, without gradients, and, where map and projection can be cut
 * (`hadamard` and `oneHot` can), in chunks: one compiled step serves all of them, and the next chunk's signs are drawn
 * while the engine computes. What it takes beside θ does not grow with the number of parameters (`oneHot`: by 4 bytes
 * for each); `npm run bench -- --only generation` measures it.
 *
 * @throws CORE_INVALID_ARGUMENT, also from `run`, and what the engine throws
 * @example
 * ```ts
 * import { kernel, mapping, parameterSpace } from '@mapping-networks/core';
 * import { onnx } from '@mapping-networks/engine-onnx';
 * import { compileGenerator } from '@mapping-networks/train';
 * const map = mapping({ latentDim: 2048 }).impl.bind(parameterSpace([kernel('fc', [1024, 1000])]));
 * const session = await onnx().impl.open();
 * const theta = await compileGenerator(session, map).run(map.init(0));
 * console.log(theta.length); // 1024000
 * session.dispose();
 * ```
 */
export const compileGenerator = (
  session: EngineSession,
  map: ParameterMap,
  { chunkSize = 2 ** 18 }: GeneratorOptions = {},
): CompiledGenerator => {
  const call = 'compileGenerator';
  requireArgument(
    typeof session?.compile === 'function',
    call,
    'session',
    'a session of an engine, as its open() gives one',
    session,
  );
  requireArgument(typeof map?.materialize === 'function', call, 'map', 'a map, such as modelMap(model)', map);
  requireWhole(call, 'chunkSize', chunkSize, 1, 2 ** 31);
  const chunks = map.chunks?.(chunkSize);
  const { fill, dispose } = chunks ? inChunks(session, map, chunks) : atOnce(session, map);
  return {
    run: async (trainables, theta = new Float32Array(map.space.size)) => {
      const { size } = map.space;
      const fits = theta instanceof Float32Array && theta.length === size;
      requireArgument(fits, 'run', 'theta', `a Float32Array of ${size} numbers`, theta);
      await fill(trainables, theta);
      return theta;
    },
    dispose,
  };
};

interface Filler {
  readonly fill: (trainables: NamedArrays, theta: Float32Array) => Promise<void>;
  readonly dispose: () => void;
}

const inChunks = (session: EngineSession, map: ParameterMap, stretches: readonly MapChunks[]): Filler => {
  const blank = Object.fromEntries(map.trainables.map(({ name, shape }) => [name, zeros(shape)]));
  const compiled = stretches.map((chunks) => ({ chunks, step: compileChunk(session, chunks, blank) }));
  return {
    fill: async (trainables, theta) => {
      for (const { chunks, step } of compiled) await fillStretch(chunks, step, trainables, theta);
    },
    dispose: () => compiled.forEach(({ step }) => step.dispose()),
  };
};

const compileChunk = (session: EngineSession, chunks: MapChunks, trainables: NamedArrays): CompiledStep => {
  const inputs = mapNamed(chunks.inputs(0, trainables), ({ shape, dtype }): InputSpec => ({ shape, dtype }));
  return session.compile((tensors) => ({ values: chunks.forward(tensors) }), {
    name: 'generate',
    frozen: chunks.frozen(),
    inputs,
  });
};

/** While a chunk is computed, the one before is put into its place, and the one after is prepared. */
const fillStretch = async (
  chunks: MapChunks,
  step: CompiledStep,
  trainables: NamedArrays,
  theta: Float32Array,
): Promise<void> => {
  let inputs = chunks.inputs(0, trainables);
  let spare: NamedArrays | undefined;
  let place = (): void => {};
  for (let k = 0; k < chunks.count; k++) {
    const [{ values }, next] = await meanwhile(step.run(inputs), () => {
      place();
      return k + 1 < chunks.count ? chunks.inputs(k + 1, trainables, spare) : inputs;
    });
    [spare, inputs] = [inputs, next];
    place = () => chunks.place(k, values?.data as Float32Array, theta);
  }
  place();
};

/** For maps that cannot be cut. */
const atOnce = (session: EngineSession, map: ParameterMap): Filler => {
  const materializer = compileMaterialize(session, map, mapConstants(map));
  return {
    fill: async (trainables, theta) => {
      const arrays = unprefixed('parameter.', await materializer.run({ trainables, buffers: {} }));
      for (const { name, offset } of map.space.parameters) theta.set(entry(arrays, name).data, offset);
    },
    dispose: () => materializer.dispose(),
  };
};
