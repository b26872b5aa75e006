// A second reader of weights files, written from the description of the format alone: one number at a time.
import { float32, type NamedArrays } from '@mapping-networks/core';
import type { Weights } from '@mapping-networks/export';
import { opened } from './safetensors.ts';

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/** The header of a weights file. */
export type Header = Readonly<Record<string, Entry>> & {
  readonly __metadata__: { readonly sha256: string; readonly network: string };
};

interface Stored {
  readonly shape: readonly number[];
  readonly type: string;
  readonly sparse: boolean;
  readonly axis: number | null;
}

/** A number of 16 bits: a sign, `exponent` bits of exponent, the rest of fraction. */
const halfOf = (bits: number, exponentBits: number): number => {
  const fractionBits = 15 - exponentBits;
  const sign = bits >> 15 ? -1 : 1;
  const exponent = (bits >> fractionBits) & (2 ** exponentBits - 1);
  const fraction = (bits & (2 ** fractionBits - 1)) / 2 ** fractionBits;
  const bias = 2 ** (exponentBits - 1) - 1;
  if (exponent === 2 ** exponentBits - 1) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** (1 - bias) : (1 + fraction) * 2 ** (exponent - bias));
};

/** The numbers of an array, each read by its place. */
type Read = (view: DataView, i: number) => number;

const READS: Readonly<Record<string, Read>> = {
  F32: (view, i) => view.getFloat32(4 * i, true),
  I32: (view, i) => view.getInt32(4 * i, true),
  F16: (view, i) => halfOf(view.getUint16(2 * i, true), 5),
  BF16: (view, i) => halfOf(view.getUint16(2 * i, true), 8),
  I8: (view, i) => view.getInt8(i),
  U8: (view, i) => view.getUint8(i),
};

const nibble = (byte: number, upper: boolean): number => {
  const code = upper ? byte >> 4 : byte & 15;
  return code > 7 ? code - 16 : code;
};

/** What stands in a file whose structure is whole. */
export const weightsIn = (file: Uint8Array): Weights => {
  const { header, data } = opened(file);
  const { __metadata__: metadata, ...entries } = header as Header;
  const network = JSON.parse(metadata.network) as {
    readonly target: Weights['target'];
    readonly tensors: Readonly<Record<string, Stored>>;
  };
  const arrays: Readonly<Record<string, Entry>> = entries;
  const used = new Set<string>();
  const at = (name: string): ((i: number) => number) => {
    const entry = arrays[name];
    const read = READS[entry?.dtype ?? ''];
    if (entry === undefined || read === undefined) throw new Error(`no array ${name}`);
    used.add(name);
    const [from, to] = entry.data_offsets;
    const view = new DataView(data.buffer, data.byteOffset + from, to - from);
    return (i) => read(view, i);
  };
  const valueOf = (name: string, { shape, type, axis }: Stored): ((place: number, i: number) => number) => {
    const stored = at(name);
    if (type !== 'int8' && type !== 'int4') return (place) => stored(place);
    const scale = at(`${name}.scales`);
    const zero = Object.hasOwn(arrays, `${name}.zeroPoints`) ? at(`${name}.zeroPoints`) : () => 0;
    const run = shape.slice((axis ?? 0) + 1).reduce((size, side) => size * side, 1);
    const slice = (i: number): number => (axis === null ? 0 : Math.floor(i / run) % (shape[axis] ?? 1));
    const code = (place: number): number =>
      type === 'int8' ? stored(place) : nibble(stored(place >> 1), place % 2 === 1);
    return (place, i) => scale(slice(i)) * (code(place) - zero(slice(i)));
  };
  const parameters: NamedArrays = Object.fromEntries(
    Object.entries(network.tensors).map(([name, stored]) => {
      const dense = new Float32Array(stored.shape.reduce((size, side) => size * side, 1));
      const flag = stored.sparse ? at(`${name}.mask`) : undefined;
      const value = valueOf(name, stored);
      let place = 0;
      for (let i = 0; i < dense.length; i++) {
        if (flag && ((flag(i >> 3) >> (i & 7)) & 1) === 0) continue;
        dense[i] = value(place, i);
        place += 1;
      }
      return [name, float32(dense, stored.shape)];
    }),
  );
  const buffers = Object.entries(arrays)
    .filter(([name]) => !used.has(name))
    .map(([name, { shape, dtype }]) => {
      if (!name.startsWith('buffer/') || dtype !== 'F32') throw new Error(`a stray array ${name}`);
      const size = shape.reduce((product, side) => product * side, 1);
      const value = at(name);
      return [
        name.slice('buffer/'.length),
        float32(
          Float32Array.from({ length: size }, (_, i) => value(i)),
          shape,
        ),
      ];
    });
  return { parameters, buffers: Object.fromEntries(buffers) as NamedArrays, target: network.target };
};
