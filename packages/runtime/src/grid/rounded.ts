// Weights as quantization rounds them: chosen tensors of θ on grids or in half precision, in canonical arithmetic.
import { halved, type HalfType } from '../files/half.ts';
import type { ParameterSpace, PlacedParameter } from '../space/parameter.ts';
import type { WeightQuantization } from './options.ts';
import { dequantize, weightGrid, type GridOptions } from './weight-grid.ts';

const isKernel = ({ role }: PlacedParameter): boolean => role === 'kernel' || role === 'recurrentKernel';

/** The tensors of a space that are rounded. */
export const roundedParameters = (
  { parameters }: Pick<ParameterSpace, 'parameters'>,
  { bias }: Pick<WeightQuantization, 'bias'>,
): readonly PlacedParameter[] => parameters.filter((parameter) => bias || isKernel(parameter));

/** How the grid of a tensor is chosen; undefined for half precision. */
export const gridOptionsOf = (
  { type, symmetric, range, granularity }: WeightQuantization,
  parameter: PlacedParameter,
): GridOptions | undefined =>
  type === 'float16' || type === 'bfloat16'
    ? undefined
    : { type, symmetric, range, byChannel: granularity === 'channel' && isKernel(parameter) };

/** θ with its chosen tensors rounded, flat and in place. */
export const roundInPlace = (
  space: Pick<ParameterSpace, 'parameters'>,
  options: WeightQuantization,
  theta: Float32Array,
): Float32Array => {
  for (const parameter of roundedParameters(space, options)) {
    const { offset, size, shape } = parameter;
    const values = theta.subarray(offset, offset + size);
    const grid = gridOptionsOf(options, parameter);
    theta.set(
      grid ? dequantize(weightGrid(values, shape, grid), shape) : halved(options.type as HalfType, values),
      offset,
    );
  }
  return theta;
};

/** What rounding costs for each number, in operations of about a nanosecond. */
export const roundingOperations = ({ type, range }: WeightQuantization): number => {
  if (type === 'float16' || type === 'bfloat16') return 10;
  return range === 'mse' ? 200 : 20;
};
