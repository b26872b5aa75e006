// Weights on grids: codes drawn at random, and the values that they stand for.
import {
  float32,
  type ArrayTensor,
  type NamedArrays,
  type Target,
  type WeightGrid,
} from '@mapping-networks/core';
import { noise, randomWeights } from './random-network.ts';

export interface GridWeights {
  readonly weights: NamedArrays;
  readonly grids: Readonly<Record<string, WeightGrid>>;
}

/** A grid with scales along the last axis, about as large as the numbers that it stands for. */
const gridFor = ({ shape, data }: ArrayTensor, zeroPoint: number): WeightGrid => {
  const axis = shape.length - 1;
  const side = shape[axis] as number;
  const scales = Float32Array.from(noise([side], side).data, (value) => 0.005 + Math.abs(value) / 200);
  const codes = Int8Array.from(data, (value, at) => {
    const code = Math.round(value / (scales[at % side] as number)) + zeroPoint;
    return Math.max(-128, Math.min(127, code));
  });
  return { type: 'int8', codes, axis, scales, zeroPoints: new Int32Array(side).fill(zeroPoint) };
};

const valuesOf = ({ codes, scales, zeroPoints }: WeightGrid): Float32Array =>
  Float32Array.from(codes, (code, at) => {
    const slice = at % scales.length;
    return Math.fround((scales[slice] as number) * (code - (zeroPoints[slice] as number)));
  });

/** Random weights of a target, its kernels on grids. */
export const gridWeights = (target: Target, { seed = 1, zeroPoint = 0 } = {}): GridWeights => {
  const drawn = randomWeights(target, seed);
  const kernels = Object.entries(drawn).filter(([name]) => name.endsWith('.kernel'));
  const grids = Object.fromEntries(kernels.map(([name, tensor]) => [name, gridFor(tensor, zeroPoint)]));
  const onGrid = kernels.map(([name, { shape }]): [string, ArrayTensor] => [
    name,
    float32(valuesOf(grids[name] as WeightGrid), shape),
  ]);
  return { weights: { ...drawn, ...Object.fromEntries(onGrid) }, grids };
};
