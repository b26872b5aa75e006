// One glyph from one random key: a way of writing, its deformation, the pen, and the paper. Every glyph has a key of
// its own, so that glyph 17 of a split is the same picture however many there are.
import { childKey, normal, uniform, type RandomKey } from '@mapping-networks/core';
import { polylines, type Polyline } from './curve.ts';
import { rasterize, type Pen } from './rasterize.ts';
import { skeletons } from './skeletons.ts';
import { LATTICE, warp, type Affine } from './warp.ts';

/** Pixels a side. */
export const SIDE = 28;

/** The ways of writing each digit as polylines: made once for a whole dataset. */
export type Alphabet = readonly (readonly (readonly Polyline[])[])[];
export const alphabet = (): Alphabet => skeletons().map((ways) => ways.map(polylines));

/**
 * Draws `digit` into `out`, SIDE × SIDE bytes: 0 is paper, 255 full ink. `difficulty` scales all that varies: 0 is
 * print, 1 is handwriting.
 */
export const draw = (
  ways: Alphabet,
  digit: number,
  key: RandomKey,
  difficulty: number,
  out: Uint8Array,
): void => {
  const style = uniform(childKey(key, 'style'), 12);
  const between = (i: number, low: number, high: number): number =>
    (low + high) / 2 + difficulty * (high - low) * ((style[i] ?? 0) - 0.5);
  const choices = ways[digit] ?? [];
  const way = choices[Math.floor((style[0] ?? 0) * choices.length)] ?? [];
  const affine = affineOf(between);
  const pen = penOf(between);
  const bend = 0.065 * difficulty;
  const displacements = normal(childKey(key, 'elastic'), 2 * LATTICE * LATTICE).map((value) => bend * value);
  const canvas = new Float32Array(SIDE * SIDE);
  for (const path of way) rasterize(canvas, SIDE, warp(path, displacements, affine), pen);
  develop(canvas, between(11, 0.72, 1), 0.04 * difficulty, childKey(key, 'grain'), out);
};

/** The i-th number of the style, from the middle of [low, high] outwards as far as the difficulty goes. */
type Between = (i: number, low: number, high: number) => number;

const affineOf = (between: Between): Affine => {
  const height = between(1, 16, 22.5);
  const middle = (SIDE - 1) / 2;
  return {
    height,
    width: height * between(2, 0.66, 1.1),
    halfTurn: between(3, -0.13, 0.13),
    slant: between(4, -0.22, 0.38),
    centre: [middle + between(5, -2.7, 2.7), middle + between(6, -2.3, 2.3)],
  };
};

/** A pen whose pressure changes from start to end (`drift`) and in the middle (`swell`). */
const penOf = (between: Between): Pen => {
  const [radius, drift, swell] = [between(7, 0.75, 1.75), between(8, -0.35, 0.35), between(9, -0.3, 0.3)];
  return {
    radius: (s) => radius * (1 + drift * (s - 0.5) + swell * (4 * s * (1 - s) - 0.5)),
    edge: between(10, 0.5, 0.9),
  };
};

/** Covered paper to bytes: ink of some darkness, and the grain of paper and ink. */
const develop = (
  canvas: Float32Array,
  ink: number,
  roughness: number,
  key: RandomKey,
  out: Uint8Array,
): void => {
  const noise = normal(key, canvas.length);
  for (let i = 0; i < canvas.length; i++) {
    const covered = canvas[i] ?? 0;
    const grain = roughness * (noise[i] ?? 0);
    out[i] = Math.round(255 * Math.max(0, Math.min(1, covered * (ink + 1.5 * grain) + grain)));
  }
};
