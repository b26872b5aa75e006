// θ = mean + s·σ(u(z) + b) in canonical float32 arithmetic: the same bits in every JavaScript engine. Fingerprints are
// made of what it returns.
import type { RandomKey } from '../random/key.ts';
import type { ParameterSpace } from '../space/parameter.ts';
import { scaleInPlace, tensorScales } from '../space/scaling.ts';
import { activationNormalizer, canonicalActivation } from './activation.ts';
import { allocateDims } from './allocation.ts';
import { branchKey } from './branch-key.ts';
import type { Activation, Allocation, Modulation } from './options.ts';

/** One latent and the rows of θ that it generates: the whole network (SLVT) or one layer (LWT). */
export interface BranchSpan {
  /** '' or the layer's name and a slash; begins the names of its tensors. */
  readonly prefix: string;
  /** Where its rows begin in θ. */
  readonly offset: number;
  readonly rows: number;
  readonly latentDim: number;
  /** Of W. */
  readonly key: RandomKey;
  /** Of b, the second projection of `linear` modulation. */
  readonly modulationKey: RandomKey;
}

/** The branches of a mapping over a space, in the order of θ. */
export const branchSpans = (
  { layers, size }: Pick<ParameterSpace, 'layers' | 'size'>,
  options: {
    readonly latentDim: number;
    readonly strategy: 'single' | 'layerwise';
    readonly allocation: Allocation;
    readonly seed: number;
  },
): readonly BranchSpan[] => {
  const { latentDim, allocation, seed } = options;
  const single = options.strategy === 'single';
  const sizes = layers.map((span) => span.size);
  const listed = typeof allocation !== 'string';
  const dims = single ? [latentDim] : listed ? allocation : allocateDims(sizes, latentDim, allocation);
  const spans = single ? [{ layer: '', size, offset: 0 }] : layers;
  return spans.map(({ layer, size: rows, offset }, i): BranchSpan => {
    const prefix = single ? '' : `${layer}/`;
    return {
      prefix,
      offset,
      rows,
      latentDim: dims[i] as number,
      key: branchKey(seed, prefix, 'projection'),
      modulationKey: branchKey(seed, prefix, 'modulation'),
    };
  });
};

/** A stretch of θ, a branch or a piece of one: its latent and the two linear maps of it. */
export interface GeneratorPart {
  readonly offset: number;
  readonly z: Float32Array;
  /** The trained vector of modulation `vector`. */
  readonly m?: Float32Array | undefined;
  /** W z. A fresh array: it is written to. */
  project(z: Float32Array): Float32Array;
  /** B z, of modulation `linear`. */
  modulate(z: Float32Array): Float32Array;
}

/** θ of a mapping, flat in the order of the space; `bias` is b. */
export const generateMapping = (
  space: Pick<ParameterSpace, 'parameters' | 'size'>,
  parts: Iterable<GeneratorPart>,
  { activation, modulation }: { readonly activation: Activation; readonly modulation: Modulation },
  bias?: ArrayLike<number>,
): Float32Array => {
  const theta = new Float32Array(space.size);
  for (const part of parts) theta.set(preactivation(part, modulation), part.offset);
  if (bias) for (let i = 0; i < theta.length; i++) theta[i] = (theta[i] as number) + (bias[i] as number);
  if (activation.type !== 'identity') {
    const canonical = canonicalActivation(activation);
    for (let i = 0; i < theta.length; i++) theta[i] = canonical(theta[i] as number);
  }
  return scaleInPlace(tensorScales(space, activationNormalizer(activation)), theta);
};

/** u of a part, without the bias. */
const preactivation = (part: GeneratorPart, modulation: Modulation): Float32Array => {
  const { z } = part;
  const v = part.project(z);
  if (modulation.type === 'none') return v;
  const { alpha } = modulation;
  if (modulation.type === 'linear') {
    const q = part.modulate(z);
    const slope = Math.fround(alpha);
    return v.map((value, i) => value * Math.fround(1 + Math.fround(slope * (q[i] as number))));
  }
  const other = modulation.type === 'vector' ? (part.m as Float32Array) : z;
  const shift = Math.fround((alpha / z.length) * dot(other, z));
  return v.map((value) => value + shift);
};

/** Σ a_i·b_i in float32, products and sums rounded, in order. */
const dot = (a: Float32Array, b: Float32Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    sum = Math.fround(sum + Math.fround((a[i] as number) * (b[i] as number)));
  }
  return sum;
};
