// In which numbers a tensor is stored: those that the manifest turns into weights by itself, or steps on a grid, which nodes
// multiply with a scale for each unit. TensorFlow.js's manifest knows one scale a tensor, and no number below a byte.
import type { WeightFormat } from '@mapping-networks/core';
import { bytesOf } from '../../bytes.ts';
import { encodeExactly, encodeValues, type EncodedWeight, type TfjsQuantization } from '../encode-weight.ts';
import type { Steps } from './steps.ts';
import { packHalves } from './unpack.ts';

/** Numbers of a tensor, all or some, in their order. */
export interface Numbers {
  readonly values: Float32Array;
  /** Whose codes are theirs. */
  readonly format: WeightFormat | undefined;
  /** Where they are on a grid. */
  readonly steps?: Steps | undefined;
}

export interface Form {
  readonly encoded: EncodedWeight;
  /** Two numbers are in a byte, and this is to be added to each. */
  readonly halvesFrom?: number;
  /** What the numbers are still to be taken less and times of. */
  readonly grid?: Omit<Steps, 'numbers'>;
}

/** What a node takes in model.json, about, with its entry in the manifest where it is a constant. */
const [NODE, CONSTANT] = [90, 200];

/** Bytes of a form: of its numbers, and of what is said of them. */
export const bytesOfForm = ({ encoded, halvesFrom, grid }: Form): number =>
  CONSTANT +
  encoded.bytes.length +
  (halvesFrom === undefined ? 0 : 8 * NODE) +
  [grid?.zeroPoints, grid?.scales].reduce(
    (sum, slices) => sum + (slices === undefined ? 0 : NODE + CONSTANT + slices.byteLength),
    0,
  );

/** The form of numbers that takes the least, without loss for `auto`. */
export const formOf = (numbers: Numbers, quantization: 'auto' | TfjsQuantization): Form => {
  const { values, format, steps } = numbers;
  if (quantization !== 'auto') return { encoded: encodeValues(values, quantization) };
  const forms: Form[] = [{ encoded: encodeExactly(values, format) }, ...(steps ? inSteps(steps) : [])];
  return forms.reduce((best, form) => (bytesOfForm(form) < bytesOfForm(best) ? form : best));
};

/** In all widths that hold them. */
const inSteps = ({ numbers, ...grid }: Steps): Form[] => {
  const least = numbers.reduce((a, b) => Math.min(a, b), 0);
  const above = numbers.map((number) => number - least);
  const most = above.reduce((a, b) => Math.max(a, b), 0);
  const wide = most < 256 ? Uint8Array.from(above) : Uint16Array.from(above);
  const form: Form = { grid, encoded: asBytes(bytesOf(wide), most < 256 ? 'uint8' : 'uint16', least) };
  return most < 16
    ? [form, { grid, encoded: asBytes(packHalves(above), 'uint8', 0), halvesFrom: least }]
    : [form];
};

const asBytes = (bytes: Uint8Array, dtype: 'uint8' | 'uint16', min: number): EncodedWeight => ({
  bytes,
  quantization: { dtype, original_dtype: 'float32', scale: 1, min },
});
