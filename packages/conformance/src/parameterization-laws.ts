// The law suite of parameterizations.
import type { NamedArrays, ParameterMap, ParameterSpace, Part } from '@mapping-networks/core';
import { withMembers, type Members } from './checks/members.ts';
import { wrongValue } from './errors.ts';
import { law, type Law } from './law.ts';
import { aroundLaws } from './parameterization/around-laws.ts';
import { chunkLaws } from './parameterization/chunk-laws.ts';
import { constantLaws } from './parameterization/constant-laws.ts';
import { factorLaws } from './parameterization/factor-laws.ts';
import { formatLaws } from './parameterization/format-laws.ts';
import { generationLaws, trainableLaws, type MapCase } from './parameterization/map-laws.ts';
import { regularizerLaws } from './parameterization/regularizer-laws.ts';
import { sampleSpace } from './parameterization/sample-space.ts';

/** To what space `parameterizationLaws` binds the map, and what it takes for its latents. */
export interface ParameterizationLawOptions {
  /** The space to bind to. Default: 204 parameters of a convolution, a normalisation and a dense layer. */
  readonly space?: ParameterSpace;
  /** What the map is bound with besides, where it names constants of its own: all that `constants(space)` lists. */
  readonly constants?: NamedArrays;
  /**
   * Which trainables are latents, in which `smoothness` is the Jacobian. Default: those called `z`, or `z` below a
   * layer's name and a slash.
   */
  readonly isLatent?: (name: string) => boolean;
  /** Seed of trainables and inputs. Default 0. */
  readonly seed?: number;
}

const MEMBERS: Members<ParameterMap> = {
  space: 'object',
  trainables: 'array',
  init: 'function',
  frozen: 'function',
  materialize: 'function',
  generate: 'function',
  regularizers: 'object',
  chunks: 'function?',
  randomRows: 'function?',
  factors: 'function?',
  formats: 'function?',
  rounding: 'number?',
};

/** A value made at the first call. */
const once = <T>(make: () => T): (() => T) => {
  const made: T[] = [];
  return () => (made[0] ??= make());
};

/**
 * What every parameterization must keep: trainables as declared, seeded; parameters exactly those of the space; tensors
 * and canonical arithmetic within 1e-5, in chunks too where the map can be cut; gradients against finite differences; no
 * state, no leaks; regularisers against a brute-force Jacobian; formats that store exactly what is generated, and
 * factors whose products it is.
 *
 * A map that rounds (`rounding`) may round up to one value in a hundred to the other side by tensors; its gradients and the
 * Jacobian behind its regularisers are its own affair.
 *
 * @example
 * ```ts
 * import { parameterizationLaws } from '@mapping-networks/conformance';
 * import { mapping } from '@mapping-networks/core';
 * console.log(parameterizationLaws(mapping({ latentDim: 16 })).map(({ name }) => name));
 * ```
 */
export const parameterizationLaws = (
  part: Part<'parameterization'>,
  {
    space = sampleSpace(),
    constants,
    isLatent = (name) => name === 'z' || name.endsWith('/z'),
    seed = 0,
  }: ParameterizationLawOptions = {},
): readonly Law[] => {
  const bind = (): ParameterMap => part.impl.bind(space, constants);
  const map = once(bind);
  const mapCase: MapCase = {
    seed,
    map,
    rebound: bind,
    frozen: once(() => map().frozen()),
  };
  return withMembers('the map', map, MEMBERS, () => [
    law('the map is bound to the space given, with a learning rate above 0', () => {
      const { learningRate } = part.impl;
      if (map().space !== space)
        throw wrongValue('space of the map', 'the space given', 'another', 'Return the space.');
      if (!(learningRate > 0 && learningRate < Infinity)) {
        throw wrongValue('learningRate', 'a number above 0', learningRate, 'Give a good peak rate for Adam.');
      }
    }),
    ...constantLaws(part.impl, space, constants),
    ...aroundLaws(part.impl, mapCase, space, constants),
    ...trainableLaws(mapCase),
    ...generationLaws(mapCase),
    ...chunkLaws(mapCase),
    ...formatLaws(mapCase),
    ...factorLaws(mapCase),
    ...regularizerLaws(mapCase, isLatent),
  ]);
};
