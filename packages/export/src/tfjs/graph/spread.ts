// A tensor of which only the numbers beside zero are stored, and before each how far it is from the last one. DenseBincount
// adds each to its place among zeros, which takes as long as there are numbers; ScatterNd would do the same, but on WebGL it
// goes through all numbers for each element. The GPUs of some phones count in half precision, which holds whole numbers up
// to 2,048: elements are dealt out to rows of fewer, like cards, so that all rows have about as many numbers, and each row
// counts from its start.
import { flag, FLOAT, INT } from './graph-def.ts';
import type { GraphWriter } from './graph-writer.ts';
import { halvesOf, packHalves } from './unpack.ts';

/** Elements of a row at most. */
const ROW = 2048;

/** So many numbers of rows are tried. */
const TRIED = 12;

/**
 * Rows to deal elements out to, so that the fullest has the fewest numbers; an odd count, or else units of a layer, often a
 * power of two, would fall into the same rows.
 */
const rowsOf = (values: Float32Array): number => {
  const least = Math.ceil(values.length / ROW);
  if (least <= 1) return 1;
  const stored = Uint32Array.from(values.keys()).filter((place) => values[place] !== 0);
  const counts = Array.from({ length: TRIED }, (_, i) => (least | 1) + 2 * i);
  const sizes = counts.map((rows) => {
    const inRow = new Uint32Array(rows);
    for (const place of stored) inRow[place % rows]!++;
    return rows * inRow.reduce((a, b) => Math.max(a, b), 1);
  });
  return counts[sizes.indexOf(Math.min(...sizes))] ?? least;
};

/** What the nodes take in model.json, about. */
const NODES = 1100;

/** Where numbers stand: rows of equally many, one after the other. */
export interface Places {
  readonly shape: readonly [rows: number, numbers: number];
  /** Of each number; −1 for a zero: at the end of a gap that is too long for one, or of a row that has fewer numbers. */
  readonly places: Int32Array;
  /** From the number before it, or from the start of the row. */
  readonly gaps: Int32Array;
  /** In half a byte, or in a byte. */
  readonly longest: 15 | 255;
}

/** Places of what is not zero; there is at least one in a row. */
export const placesOf = (values: Float32Array, longest: Places['longest']): Places => {
  const count = rowsOf(values);
  const rows = Array.from({ length: count }, (_, row) => placesInRow(values, row, count, longest));
  const most = rows.reduce((max, { places }) => Math.max(max, places.length), 1);
  const places = new Int32Array(rows.length * most).fill(-1);
  const gaps = new Int32Array(rows.length * most);
  rows.forEach((row, i) => {
    places.set(row.places, i * most);
    gaps.set(row.gaps, i * most);
  });
  return { shape: [rows.length, most], places, gaps, longest };
};

/** Of elements `row`, `row + rows`, `row + 2 rows` … */
const placesInRow = (
  values: Float32Array,
  row: number,
  rows: number,
  longest: number,
): Record<'places' | 'gaps', number[]> => {
  const [places, gaps]: [number[], number[]] = [[], []];
  let last = 0;
  for (let [at, place] = [0, row]; place < values.length; at++, place += rows) {
    if (values[place] === 0) continue;
    for (; at - last > longest; last += longest) {
      places.push(-1);
      gaps.push(longest);
    }
    places.push(place);
    gaps.push(at - last);
    last = at;
  }
  return { places, gaps };
};

/** Bytes of the gaps, and of the nodes. */
export const bytesOfPlaces = ({ gaps, longest }: Places): number =>
  (longest === 15 ? Math.ceil(gaps.length / 2) + NODES / 2 : gaps.length) + NODES;

/** The vector of `count` numbers; `numbers` gives those at the places, in the shape of these, and `name` their tensor. */
export const spread = (
  writer: GraphWriter,
  name: string,
  numbers: string,
  { shape, gaps, longest }: Places,
  count: number,
): string => {
  const { node, whole } = writer;
  const [rows] = shape;
  const bytes = longest === 15 ? packHalves(gaps) : Uint8Array.from(gaps);
  const stored = writer.constant({
    name: `${name}/gaps`,
    dtype: 'float32',
    shape: longest === 15 ? [bytes.length] : shape,
    bytes,
    quantization: { dtype: 'uint8', original_dtype: 'float32', scale: 1, min: 0 },
  });
  const steps =
    longest === 15
      ? node('Reshape', `${name}/gaps/rows`, [
          halvesOf(writer, `${name}/gaps`, stored, gaps.length),
          whole(shape),
        ])
      : stored;
  const sums = node('Cumsum', `${name}/sums`, [steps, whole(1)], {
    exclusive: flag(false),
    reverse: flag(false),
  });
  const places = node('Cast', `${name}/places`, [sums], { SrcT: FLOAT, DstT: INT });
  const width = Math.ceil(count / rows);
  const inputs = [places, whole(width), numbers];
  const inRows = node('DenseBincount', `${name}/spread`, inputs, { binary_output: flag(false) });
  const inOrder = rows === 1 ? inRows : node('Transpose', `${name}/order`, [inRows, whole([1, 0])]);
  const flat = node('Reshape', `${name}/flat`, [inOrder, whole([rows * width])]);
  return rows * width === count ? flat : node('Slice', `${name}/whole`, [flat, whole([0]), whole([count])]);
};
