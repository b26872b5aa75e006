// Random networks: layers of `targets` in any order that fits, blocks with a residual among them, softmax and
// cross-entropy at the end.
import {
  initialBuffers,
  int32,
  prefixed,
  unprefixed,
  type ArrayTensor,
  type Target,
} from '@mapping-networks/core';
import { sequential, type Layer } from '@mapping-networks/targets';
import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { seeds, type Example$ } from '../../graph/test/kernels/example.ts';
import { at, drawn, network, type Shape, type Tensors } from './network-example.ts';

const CLASSES = 4;

/** Layers one after the other; their output is added to their input where both have one shape, and that is wanted. */
interface Segment {
  readonly target: Target;
  readonly residual: boolean;
}

const sides = fc.integer({ min: 1, max: 3 });
const paddings = fc.constantFrom('same' as const, 'valid' as const);

const activation = fc.constantFrom<Layer>(
  { type: 'relu' },
  { type: 'relu' },
  { type: 'leakyRelu' },
  { type: 'elu' },
  { type: 'gelu' },
  { type: 'silu' },
  { type: 'softplus' },
  { type: 'tanh' },
  { type: 'sigmoid' },
);

const convolution: fc.Arbitrary<Layer> = fc
  .tuple(fc.constantFrom(1, 3, 9, 16, 32, 64), sides, sides, paddings, fc.boolean())
  .map(([filters, kernelSize, strides, padding, bias]) => ({
    type: 'conv2d',
    filters,
    kernelSize,
    strides: Math.min(strides, kernelSize),
    padding,
    bias,
  }));

const pool: fc.Arbitrary<Layer> = fc
  .tuple(
    fc.constantFrom('maxPool2d' as const, 'maxPool2d' as const, 'avgPool2d' as const),
    sides,
    sides,
    paddings,
  )
  .map(([type, poolSize, strides, padding]) => ({ type, poolSize: poolSize + 1, strides, padding }));

const layer: fc.Arbitrary<Layer> = fc.oneof(
  { weight: 4, arbitrary: convolution },
  { weight: 4, arbitrary: pool },
  { weight: 4, arbitrary: activation },
  { weight: 1, arbitrary: fc.constant<Layer>({ type: 'batchNorm' }) },
  { weight: 1, arbitrary: fc.constant<Layer>({ type: 'dropout', rate: 0.4 }) },
);

/** Layers that keep their input's shape, by the number of its channels. */
const block = (channels: number): fc.Arbitrary<readonly Layer[]> => {
  const same: Layer = { type: 'conv2d', filters: channels, kernelSize: 3, padding: 'same' };
  return fc.constantFrom<readonly Layer[]>(
    [same],
    [same, { type: 'relu' }, same],
    [{ type: 'relu' }, same, { type: 'batchNorm' }, { type: 'relu' }, { ...same, kernelSize: 1 }],
  );
};

const targetOf = (input: Shape, layers: readonly Layer[]): Target | undefined => {
  try {
    return sequential({ input, layers });
  } catch {
    // The window is larger than what is left of the image.
    return undefined;
  }
};

/** What follows on images of this shape; layers that do not fit any more are left out. */
const segmentsFrom = (
  input: Shape,
  plan: readonly (readonly Layer[] | 'block')[],
): fc.Arbitrary<Segment[]> => {
  const [next, ...rest] = plan;
  if (next === undefined) return fc.constant([]);
  if (next === 'block') {
    return block(input.at(-1) ?? 1).chain((layers) =>
      segmentsFrom(input, rest).map((others) => [
        { target: sequential({ input, layers }), residual: true },
        ...others,
      ]),
    );
  }
  const target = targetOf(input, next);
  if (target === undefined) return segmentsFrom(input, rest);
  return segmentsFrom(target.outputShape, rest).map((others) => [{ target, residual: false }, ...others]);
};

const head = (input: Shape): fc.Arbitrary<Segment> =>
  fc
    .constantFrom<readonly Layer[]>(
      [{ type: 'flatten' }],
      [{ type: 'globalAvgPool2d' }],
      [{ type: 'flatten' }, { type: 'dense', units: 7 }, { type: 'relu' }],
    )
    .map((layers) => ({
      target: sequential({ input, layers: [...layers, { type: 'dense', units: CLASSES }] }),
      residual: false,
    }));

/** Segments by their place in the list; a place's tensors begin with its number. */
const inputsOf = (segments: readonly Segment[], batch: number, seed: number): Record<string, ArrayTensor> => {
  const arrays = segments.map(({ target }, i) => ({
    ...prefixed(
      `${i}.p/`,
      Object.fromEntries(
        target.parameters.tensors.map(({ name, shape }) => [name, drawn(name, shape, seed + i)]),
      ),
    ),
    ...prefixed(
      `${i}.m/`,
      Object.fromEntries(
        target.masks.map(({ name, shape }) => [name, drawn(name, [batch, ...shape], seed + i)]),
      ),
    ),
  }));
  return Object.assign({}, ...arrays) as Record<string, ArrayTensor>;
};
