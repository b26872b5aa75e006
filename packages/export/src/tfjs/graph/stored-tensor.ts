// A tensor of weights in the graph: a constant, or one of which nodes make the tensor. Every operation on the way is exact,
// or one product rounded to float32, so that what comes out is what the map generates.
import { sizeOf, type ArrayTensor, type WeightFormat, type WeightGrid } from '@mapping-networks/core';
import { bytesOf } from '../../bytes.ts';
import { roundingOf, type TfjsQuantization } from '../encode-weight.ts';
import { bytesOfForm, formOf, type Form, type Numbers } from './form.ts';
import type { GraphWriter } from './graph-writer.ts';
import { bytesOfPlaces, placesOf, spread, type Places } from './spread.ts';
import { allSteps, someSteps } from './steps.ts';
import { halvesOf } from './unpack.ts';

/** What is stored, and how few bits hold it. */
export interface Weight {
  readonly name: string;
  readonly array: ArrayTensor;
  readonly format: WeightFormat | undefined;
  readonly quantization: 'auto' | TfjsQuantization;
}

interface Stored {
  readonly form: Form;
  /** Absent where all numbers are stored. */
  readonly places?: Places;
  readonly size: number;
}

/** The name of the node that gives the tensor in its shape. */
export const storedTensor = (writer: GraphWriter, weight: Weight): string => {
  const { name, array } = weight;
  const { places, form } = leastOf(weight);
  const { shape } = array;
  if (places === undefined) return scaled(writer, name, form, numbersOf(writer, name, form, shape), shape);
  const numbers = numbersOf(writer, `${name}/kept`, form, places.shape);
  const flat = spread(writer, name, numbers, places, array.data.length);
  const whole = writer.node('Reshape', `${name}/shaped`, [flat, writer.whole(shape)]);
  return scaled(writer, name, form, whole, shape);
};

/** Of all ways to store it the one that takes the least. */
const leastOf = ({ array, format, quantization }: Weight): Stored => {
  const values = Float32Array.from(array.data);
  const grid = format !== undefined && 'codes' in format ? format : undefined;
  const as = quantization === 'auto' ? 'auto' : roundingOf(array.shape, quantization);
  const all = formOf({ values, format, steps: grid && allSteps(grid) }, as);
  const dense: Stored = { form: all, size: bytesOfForm(all) };
  const sparse = ([15, 255] as const).map((longest): Stored => {
    const places = placesOf(values, longest);
    const form = formOf(taken(values, format, grid, array.shape, places.places), as);
    return { form, places, size: bytesOfForm(form) + bytesOfPlaces(places) };
  });
  return sparse.reduce((best, each) => (each.size < best.size ? each : best), dense);
};

/** The numbers at these places; zero for a place of −1. */
const taken = (
  values: Float32Array,
  format: WeightFormat | undefined,
  grid: WeightGrid | undefined,
  shape: readonly number[],
  places: Int32Array,
): Numbers => {
  const some = Float32Array.from(places, (place) => (place < 0 ? 0 : (values[place] ?? 0)));
  if (grid === undefined) return { values: some, format };
  const codes = Int8Array.from(
    places,
    (place) => (place < 0 ? grid.zeroPoints : grid.codes)[Math.max(0, place)] ?? 0,
  );
  return { values: some, format: { ...grid, codes }, steps: someSteps(grid, shape, places) };
};

/** The stored numbers as they are before they are scaled. */
const numbersOf = (writer: GraphWriter, name: string, form: Form, shape: readonly number[]): string => {
  const { node, constant, real, whole } = writer;
  const { encoded, halvesFrom } = form;
  if (halvesFrom === undefined) return constant({ name, dtype: 'float32', shape, ...encoded });
  const sides = [encoded.bytes.length];
  const bytes = constant({ name: `${name}/halves`, dtype: 'float32', shape: sides, ...encoded });
  const halves = halvesOf(writer, `${name}/halves`, bytes, sizeOf(shape));
  const steps = node('AddV2', `${name}/steps`, [halves, real(halvesFrom)]);
  return node('Reshape', `${name}/codes`, [steps, whole(shape)]);
};

/** scale · (number − zeroPoint). */
const scaled = (
  writer: GraphWriter,
  name: string,
  { grid }: Form,
  numbers: string,
  { length: rank }: readonly number[],
): string => {
  if (grid === undefined) return numbers;
  const { scales, zeroPoints, axis } = grid;
  const after = axis === undefined ? 0 : rank - 1 - axis;
  const shape = axis === undefined ? [] : [scales.length, ...Array.from({ length: after }, () => 1)];
  const slices = (what: string, values: Float32Array): string =>
    writer.constant({ name: `${name}/${what}`, dtype: 'float32', shape, bytes: bytesOf(values) });
  const steps =
    zeroPoints === undefined
      ? numbers
      : writer.node('Sub', `${name}/centred`, [numbers, slices('zeros', Float32Array.from(zeroPoints))]);
  return writer.node('Mul', `${name}/scaled`, [steps, slices('scales', scales)]);
};
