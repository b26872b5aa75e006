// A tensor of which only the numbers beside zero are stored, and before each how far it is from the last one. DenseBincount
// adds each to its place among zeros, which takes as long as there are numbers; ScatterNd would do the same, but on WebGL it
// goes through all numbers for each element.
import { flag, FLOAT, INT } from './graph-def.ts';
import type { GraphWriter } from './graph-writer.ts';
import { halvesOf, packHalves } from './unpack.ts';

/** WebGL counts in float32, which holds whole numbers up to here. */
export const MOST_SPREAD: number = 2 ** 24;

/** What the nodes take in model.json, about. */
const NODES = 900;

/** Where numbers stand. */
export interface Places {
  /** Of each number; −1 for a zero at the end of a gap that is too long for one. */
  readonly places: Int32Array;
  readonly gaps: Int32Array;
  /** In half a byte, or in a byte. */
  readonly longest: 15 | 255;
}

/** Places of what is not zero; there is at least one. */
export const placesOf = (values: Float32Array, longest: Places['longest']): Places => {
  const [places, gaps]: [number[], number[]] = [[], []];
  let last = 0;
  values.forEach((value, at) => {
    if (value === 0) return;
    for (; at - last > longest; last += longest) {
      places.push(-1);
      gaps.push(longest);
    }
    places.push(at);
    gaps.push(at - last);
    last = at;
  });
  if (places.length === 0) return { places: Int32Array.of(-1), gaps: Int32Array.of(0), longest };
  return { places: Int32Array.from(places), gaps: Int32Array.from(gaps), longest };
};

/** Bytes of the gaps, and of the nodes. */
export const bytesOfPlaces = ({ gaps, longest }: Places): number =>
  (longest === 15 ? Math.ceil(gaps.length / 2) + NODES / 2 : gaps.length) + NODES;

/** The vector of `count` numbers; `numbers` gives those at the places, and `name` their tensor. */
export const spread = (
  writer: GraphWriter,
  name: string,
  numbers: string,
  { gaps, longest }: Places,
  count: number,
): string => {
  const { node, whole } = writer;
  const bytes = longest === 15 ? packHalves(gaps) : Uint8Array.from(gaps);
  const stored = writer.constant({
    name: `${name}/gaps`,
    dtype: 'float32',
    shape: [bytes.length],
    bytes,
    quantization: { dtype: 'uint8', original_dtype: 'float32', scale: 1, min: 0 },
  });
  const steps = longest === 15 ? halvesOf(writer, `${name}/gaps`, stored, gaps.length) : stored;
  const sums = node('Cumsum', `${name}/sums`, [steps, whole(0)], {
    exclusive: flag(false),
    reverse: flag(false),
  });
  const places = node('Cast', `${name}/places`, [sums], { SrcT: FLOAT, DstT: INT });
  const inputs = [places, whole(count), numbers];
  return node('DenseBincount', `${name}/spread`, inputs, { binary_output: flag(false) });
};
