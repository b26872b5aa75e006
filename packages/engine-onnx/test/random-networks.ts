// Random networks: layers of `targets` in any order that fits, blocks with a residual among them, softmax and
// cross-entropy at the end.
import { initialBuffers, int32, unprefixed, type ArrayTensor, type Target } from '@mapping-networks/core';
import { sequential, type Layer } from '@mapping-networks/targets';
import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { seeds, type Example } from '../../graph/test/kernels/example.ts';
import { at, drawn, network, type Shape } from './network-example.ts';

const CLASSES = 4;

/** Layers one after the other. A residual adds their input to their output. */
interface Piece {
  readonly layers: readonly Layer[];
  readonly residual: boolean;
}

const side = fc.integer({ min: 1, max: 3 });
const padding = fc.constantFrom('same' as const, 'valid' as const);

const activation = fc.constantFrom<Layer>(
  { type: 'relu' },
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

const convolution: fc.Arbitrary<Layer> = fc.record({
  type: fc.constant('conv2d' as const),
  filters: fc.constantFrom(1, 3, 9, 16, 32, 64),
  kernelSize: side,
  strides: fc.constantFrom(1, 1, 2),
  padding,
  bias: fc.boolean(),
});

const pool: fc.Arbitrary<Layer> = fc.record({
  type: fc.constantFrom('maxPool2d' as const, 'maxPool2d' as const, 'avgPool2d' as const),
  poolSize: fc.constantFrom(2, 2, 3),
  strides: side,
  padding,
});

const layer: fc.Arbitrary<Layer> = fc.oneof(
  { weight: 4, arbitrary: pool },
  { weight: 4, arbitrary: activation },
  { weight: 1, arbitrary: fc.constant<Layer>({ type: 'batchNorm' }) },
  { weight: 1, arbitrary: fc.constant<Layer>({ type: 'dropout', rate: 0.4 }) },
);

const plain: fc.Arbitrary<Piece> = fc
  .tuple(convolution, fc.array(layer, { maxLength: 3 }))
  .map(([first, rest]) => ({ layers: [first, ...rest], residual: false }));

/** The filters are those of the input. */
const same: Layer = { type: 'conv2d', filters: 1, kernelSize: 3, padding: 'same' };

const block: fc.Arbitrary<Piece> = fc
  .constantFrom<readonly Layer[]>(
    [same],
    [same, { type: 'relu' }, same],
    [{ type: 'relu' }, same, { type: 'batchNorm' }, { type: 'relu' }, { ...same, kernelSize: 1 }],
  )
  .map((layers) => ({ layers, residual: true }));

const heads = fc.constantFrom<readonly Layer[]>(
  [{ type: 'flatten' }],
  [{ type: 'globalAvgPool2d' }],
  [{ type: 'flatten' }, { type: 'dense', units: 7 }, { type: 'relu' }],
);

interface Segment {
  readonly target: Target;
  readonly residual: boolean;
}

const segmentOf = ({ layers, residual }: Piece, input: Shape): Segment | undefined => {
  const filters = input.at(-1) ?? 1;
  const fitted = residual
    ? layers.map((each) => (each.type === 'conv2d' ? { ...each, filters } : each))
    : layers;
  try {
    return { target: sequential({ input, layers: fitted }), residual };
  } catch {
    // A window is larger than what is left of the image.
    return undefined;
  }
};

/** The pieces that fit, each on what the one before it gives, and the head. */
const segmentsOf = (input: Shape, pieces: readonly Piece[], head: readonly Layer[]): readonly Segment[] => {
  const segments: Segment[] = [];
  let shape = input;
  const last = { layers: [...head, { type: 'dense', units: CLASSES } as const], residual: false };
  for (const piece of [...pieces, last]) {
    const segment = segmentOf(piece, shape);
    if (segment === undefined) continue;
    segments.push(segment);
    shape = segment.target.outputShape;
  }
  return segments;
};

/** Parameters and masks, by the place of their segment. */
const arraysOf = (
  { target }: Segment,
  i: number,
  batch: number,
  seed: number,
): Record<string, ArrayTensor> => ({
  ...Object.fromEntries(
    target.parameters.parameters.map(({ name, shape }) => [
      `${i}.${name}`,
      drawn(`${i}.${name}`, shape, seed),
    ]),
  ),
  ...Object.fromEntries(
    target.masks.map(({ name, shape }) => [`${i}.${name}`, drawn('x', [batch, ...shape], seed + i)]),
  ),
});

const apply = (segments: readonly Segment[], tensors: Readonly<Record<string, tf.Tensor>>): tf.Tensor =>
  segments.reduce(
    (x, { target, residual }, i) => {
      const own = unprefixed(`${i}.`, tensors);
      const buffers = Object.fromEntries(
        Object.entries(initialBuffers(target)).map(([name, { data, shape }]) => [
          name,
          tf.tensor(data, [...shape]),
        ]),
      );
      const { output } = target.apply(own, buffers, x, { training: true, masks: own });
      return residual ? tf.add(x, output) : output;
    },
    at(tensors, 'x'),
  );

const crossEntropy = (logits: tf.Tensor, labels: tf.Tensor): tf.Tensor =>
  tf.neg(tf.sum(tf.mul(tf.logSoftmax(logits), tf.oneHot(labels, CLASSES))));

export interface RandomNetwork extends Example {
  /** Whether it divides by deviations: of few numbers, they make rounding much larger. */
  readonly normalizes: boolean;
}

/** Loss and gradients, in the image too. */
export const randomNetwork: fc.Arbitrary<RandomNetwork> = fc
  .record({
    batch: fc.constantFrom(1, 2, 3, 5),
    image: fc.tuple(fc.integer({ min: 4, max: 10 }), fc.integer({ min: 4, max: 10 })),
    channels: fc.constantFrom(1, 1, 3, 32),
    pieces: fc.array(fc.oneof({ weight: 3, arbitrary: plain }, { weight: 1, arbitrary: block }), {
      minLength: 1,
      maxLength: 4,
    }),
    head: heads,
    seed: seeds,
  })
  .map(({ batch, image, channels, pieces, head, seed }): RandomNetwork => {
    const input = [...image, channels];
    const segments = segmentsOf(input, pieces, head);
    const arrays = {
      x: drawn('x', [batch, ...input], seed),
      labels: int32(Int32Array.from({ length: batch }, (_, i) => (i + seed) % CLASSES)),
      ...Object.assign({}, ...segments.map((segment, i) => arraysOf(segment, i, batch, seed))),
    } as Record<string, ArrayTensor>;
    const example = network(
      arrays,
      (tensors) => crossEntropy(apply(segments, tensors), at(tensors, 'labels')),
      (loss) => loss,
    );
    const description = JSON.stringify({ batch, input, pieces, head });
    const normalizes = description.includes('batchNorm');
    return Object.assign(example, { normalizes, [fc.toStringMethod]: () => description });
  });
