// Trainables that are stored in fewer bits than float32 has, as float32 again: the numbers that the fingerprint was made
// of, bit for bit.
import { invalidBundle } from '../errors.ts';
import { requireValid } from '../files/check.ts';
import type { Encodings } from '../files/config.ts';
import { decodeHalf } from '../files/half.ts';
import type { Tensor } from '../files/safetensors.ts';
import { sizeOf } from '../space/parameter.ts';
import type { NeededTensor, Tensors } from './binding.ts';

/** Tensors of a bundle with those decoded that have an encoding. */
export type LatentDecoder = (
  encodings: Encodings,
  needs: readonly NeededTensor[],
  stored: Tensors,
) => Tensors;

const MOST_BYTES = 2 ** 30;

const DTYPES = { float16: 'F16', bfloat16: 'BF16', int8: 'I8', int4: 'U8' } as const;

/**
 * Decodes float16, bfloat16, int8 and int4: codes times scales, one for each block, at `scale/NAME`. For option `decode` of
 * `load`.
 *
 * @example
 * ```ts
 * import { decodeLatent } from '@mapping-networks/runtime';
 * const stored = new Map([['z', { dtype: 'F16', shape: [2], data: Uint16Array.of(0x3c00, 0xc000) }]] as const);
 * console.log(decodeLatent({ z: { type: 'float16' } }, [{ name: 'z', shape: [2] }], stored).get('z')?.data); // Float32Array [1, -2]
 * ```
 */
export const decodeLatent: LatentDecoder = (encodings, needs, stored) => {
  const tensors = new Map(stored);
  let bytes = 0;
  for (const [name, { type, block }] of Object.entries(encodings)) {
    const shape = needs.find((each) => each.name === name)?.shape;
    if (!shape) throw invalidBundle(name);
    const size = sizeOf(shape);
    bytes += 4 * size;
    requireValid(bytes <= MOST_BYTES, name);
    const half = Math.ceil(size / 2);
    const { data } = typed(stored, name, DTYPES[type], type === 'int4' ? [half] : shape);
    let values: Float32Array<ArrayBuffer>;
    if (type === 'float16' || type === 'bfloat16') {
      values = decodeHalf(type, data);
    } else {
      const count = block === undefined ? 1 : Math.ceil(size / block);
      const scaleName = `scale/${name}`;
      const scales = typed(stored, scaleName, 'F32', [count]).data;
      requireValid(
        scales.every((scale) => scale > 0 && scale < Infinity),
        scaleName,
      );
      tensors.delete(scaleName);
      // Two codes a byte, the first in the lower half; behind the last of an odd number there is nothing.
      const codeAt = (i: number): number =>
        type === 'int8' ? (data[i] as number) : ((data[i >> 1] as number) << (i & 1 ? 24 : 28)) >> 28;
      requireValid(type === 'int8' || !(size % 2) || codeAt(size) === 0, name);
      values = Float32Array.from(
        { length: size },
        (_, i) => (scales[block === undefined ? 0 : Math.floor(i / block)] as number) * codeAt(i),
      );
    }
    tensors.set(name, { dtype: 'F32', shape, data: values });
  }
  return tensors;
};

/** @throws RUNTIME_INVALID_BUNDLE unless the file holds it in that type and shape */
const typed = (stored: Tensors, name: string, dtype: Tensor['dtype'], shape: readonly number[]): Tensor => {
  const tensor = stored.get(name);
  if (tensor?.dtype !== dtype || tensor.shape.join() !== shape.join()) throw invalidBundle(name);
  return tensor;
};
