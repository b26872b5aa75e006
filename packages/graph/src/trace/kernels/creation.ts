// Arrays whose numbers are known while recording, and kernels that no recording can hold.
import type { FillAttrs, LinSpaceAttrs, RangeAttrs } from '@tensorflow/tfjs-core';
import { notPureKernel } from '../../errors.ts';
import { kernel, ofOne, type Kernels } from '../kernel.ts';
import { supportedType } from '../supported-type.ts';

export const CREATION: Kernels = {
  Fill: kernel<object, FillAttrs>((b, _, { shape, value, dtype }) =>
    b.fill(Number(value), shape, supportedType(dtype ?? 'float32')),
  ),
  LinSpace: kernel<object, LinSpaceAttrs>((b, _, { start, stop, num }) =>
    b.constant(progression(new Float32Array(num), start, (stop - start) / (num - 1)), [num]),
  ),
  OnesLike: ofOne((b, { type }) => b.fill(1, type.shape, type.dtype)),
  Range: kernel<object, RangeAttrs>((b, _, { start, stop, step, dtype }) => {
    const stride = stop < start && step === 1 ? -1 : step;
    const length = Math.max(0, Math.ceil((stop - start) / stride));
    const empty = dtype === 'int32' ? new Int32Array(length) : new Float32Array(length);
    return b.constant(progression(empty, start, stride), [length]);
  }),
  ZerosLike: ofOne((b, { type }) => b.fill(0, type.shape, type.dtype)),
};

/** Each element is the one before it plus `step`, rounded to the type of the array, as TensorFlow.js counts. */
const progression = <T extends Float32Array | Int32Array>(empty: T, start: number, step: number): T => {
  for (let i = 0; i < empty.length; i++) empty[i] = i === 0 ? start : (empty[i - 1] ?? 0) + step;
  return empty;
};

/** Kernels that draw random numbers. */
export const IMPURE: Kernels = {
  Multinomial: () => {
    throw notPureKernel('Multinomial');
  },
};
