// What the runtime knows of one type of layer.
import { list, oneOf, optional, text, whole, type Check, type Fields } from '../files/check.ts';
import type { ParameterSpec } from '../space/parameter.ts';
import type { NamedLayer, Shape } from './layer.ts';

/** A layer in its place, with the shapes before and after it. */
export interface PlacedLayer<L extends NamedLayer = NamedLayer> {
  readonly layer: L;
  readonly input: Shape;
  readonly output: Shape;
}

/** A tensor of the layer: `kernel`, `bias`, …; undefined where it has none. */
export type Find = (name: string) => Float32Array | undefined;

/** A type of layer: what it may say, what it makes of shapes, what it computes. */
export interface LayerKind<L extends NamedLayer = NamedLayer> {
  /** Its options; `type` and `name` are those of every layer. */
  readonly fields: Fields;
  /** The shape after it, undefined if it cannot take the one before; by default that one. */
  output?(layer: L, input: Shape): Shape | undefined;
  /** Its parameters in the order of θ; by default none. */
  parameters?(layer: L, input: Shape): readonly ParameterSpec[];
  /** Its running statistics, one number a channel each; by default none. */
  readonly statistics?: readonly string[];
  /** The output for one input in inference, `y` being zeros of its size; by default the input. */
  compute?(placed: PlacedLayer<L>, x: Float32Array, y: Float32Array, find: Find): Float32Array;
}

/** The layer of a type. */
export type LayerOf<T extends NamedLayer['type']> = Extract<NamedLayer, { readonly type: T }>;

/** Sides, channels, units: one bound for all. */
export const side: Check = whole(1, 1e6);

/** Shape of an input, or of what a reshape makes. */
export const sides: Check = list(side, 1, 8);

/** Options of windows. */
export const windows: Fields = { strides: optional(side), padding: optional(oneOf('same', 'valid')) };

/** Channels of an image, features of a vector. */
export const last = (shape: Shape): number => shape.at(-1) as number;

/** Options of every layer. */
export const common: Fields = { type: text, name: optional(text) };
