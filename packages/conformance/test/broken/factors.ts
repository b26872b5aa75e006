// Factors that are not those of the tensor that they are said of.
import { cut, float32, type ArrayTensor, type ParameterMap } from '@mapping-networks/core';

type Change = (map: ParameterMap) => Pick<ParameterMap, 'factors'>;

const ones = (...sides: number[]): ArrayTensor =>
  float32(new Float32Array(sides.reduce((size, side) => size * side, 1)).fill(1), sides);

/** Ones for U and V, with `more` times as many columns as `fc.kernel` has. */
export const onesFor =
  (name: string, more: number): Change =>
  ({ space }) => {
    const { shape } = space.parameters.find((parameter) => parameter.name === 'fc.kernel') ?? { shape: [] };
    const [rows = 0, columns = 0] = shape;
    return { factors: () => ({ [name]: { u: ones(rows, 1), v: ones(1, columns * more) } }) };
  };

/** `fc.kernel` times one, in more bits than its format says. */
export const withWrongFormat: Change = (map) => ({
  factors: (trainables) => {
    const u = cut(map.space, map.generate(trainables))['fc.kernel'] as ArrayTensor;
    const side = u.shape[1] ?? 0;
    const one = Float32Array.from({ length: side * side }, (_, i) => (i % (side + 1) === 0 ? 1 : 0));
    return { 'fc.kernel': { u, v: float32(one, [side, side]), formats: { u: { type: 'float16' } } } };
  },
});
