// A sparse constant as the few numbers of it that are no background, and where they stand, in few bytes: the gaps between
// them, a byte or half of one each, or a bit for each element. With each form come the operators that make it whole.
import { int } from '../lower/emitter.ts';
import { DATA_TYPE } from '../onnx/data-type.ts';
import type { FormValue, FormWriter } from './form-writer.ts';
import { storedPacked } from './packed.ts';

/** One form of where they stand. */
export interface Places {
  /** Which elements are stored, in order; −1 for the background. */
  readonly elements: Int32Array;
  /** What the form takes beside the elements, nodes and names included, about. */
  readonly bytes: number;
  /** All elements, a vector, of those that are stored and the background, a scalar. */
  write(writer: FormWriter, values: FormValue, background: () => FormValue): FormValue;
}

type IsStored = (at: number) => boolean;

/** The forms of `count` elements, of which some are stored. */
export const placesOf = (count: number, isStored: IsStored): readonly Places[] => [
  byGaps(count, isStored, 8),
  byGaps(count, isStored, 4),
  byBits(count, isStored),
];

const byGaps = (count: number, isStored: IsStored, bits: 4 | 8): Places => {
  // A longer gap is made of several, with a background at the end of each.
  const longest = 2 ** bits - 1;
  const gaps: number[] = [];
  const elements: number[] = [];
  let last = 0;
  for (let at = 0; at < count; at++) {
    if (!isStored(at)) continue;
    for (; at - last > longest; last += longest) {
      gaps.push(longest);
      elements.push(-1);
    }
    gaps.push(at - last);
    elements.push(at);
    last = at;
  }
  const counts = { dtype: 'int32', shape: [gaps.length] } as const;
  return {
    elements: Int32Array.from(elements),
    bytes: (gaps.length * bits) / 8 + (bits === 8 ? 700 : 1200),
    write: (writer, values, background) => {
      const all = { dtype: values.dtype, shape: [count] };
      const size = writer.integers('size', all.shape);
      const empty = writer.emit('Expand', [background(), size], { ...all, suffix: 'empty' });
      const stored =
        bits === 8
          ? writer.stored('gaps', Uint8Array.from(gaps), { dtype: 'uint8', shape: counts.shape })
          : storedPacked(writer, { bits, count: gaps.length, at: (i) => gaps[i] as number }, 'gaps');
      const to = { to: int(DATA_TYPE.int32) };
      const steps = writer.emit('Cast', [stored], { ...counts, suffix: 'steps' }, to);
      const axis = writer.stored('axis', Int32Array.of(0), { dtype: 'int32', shape: [] });
      const positions = writer.emit('CumSum', [steps, axis], { ...counts, suffix: 'positions' });
      const entries = [empty, positions, values];
      return writer.emit('ScatterElements', entries, { ...all, suffix: 'flat' }, { axis: int(0) });
    },
  };
};

/** Each element that is stored has its number in their order, any other 0: the background, which stands before them. */
const byBits = (count: number, isStored: IsStored): Places => {
  const elements = Array.from({ length: count }, (_, at) => at).filter(isStored);
  const numbers = { dtype: 'int32', shape: [count] } as const;
  return {
    elements: Int32Array.from([-1, ...elements]),
    bytes: Math.ceil(count / 8) + 1200,
    write: (writer, values) => {
      const at = (i: number): number => (isStored(i) ? 1 : 0);
      const bits = storedPacked(writer, { bits: 1, count, at }, 'kept');
      const to = { to: int(DATA_TYPE.int32) };
      const kept = writer.emit('Cast', [bits], { ...numbers, suffix: 'kept.whole' }, to);
      const axis = writer.stored('axis', Int32Array.of(0), { dtype: 'int32', shape: [] });
      const sums = writer.emit('CumSum', [kept, axis], { ...numbers, suffix: 'sums' });
      const places = writer.emit('Mul', [sums, kept], { ...numbers, suffix: 'places' });
      const all = { dtype: values.dtype, shape: [count], suffix: 'flat' };
      return writer.emit('Gather', [values, places], all, { axis: int(0) });
    },
  };
};
