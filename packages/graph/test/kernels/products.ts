// Examples of matrix products, convolutions, pools and batch normalization.
import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { floats, gradients, halves, seeds, side, values, type Example$, type Shape } from './example.ts';

type Pad = 'same' | 'valid' | number | [[0, 0], [number, number], [number, number], [0, 0]];
type Activation = 'linear' | 'relu' | 'prelu' | 'elu' | 'relu6' | 'leakyrelu' | 'sigmoid';

const matrices = fc.tuple(side, side, side, side, fc.boolean(), fc.boolean(), seeds);

const turned = (rows: number, columns: number, transpose: boolean): Shape =>
  transpose ? [columns, rows] : [rows, columns];

const strides = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }));
const sizes = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }));

/** Images of 3 to 7 rows and columns. */
const images = fc.tuple(
  fc.integer({ min: 1, max: 2 }),
  fc.integer({ min: 3, max: 7 }),
  fc.integer({ min: 3, max: 7 }),
  fc.integer({ min: 1, max: 3 }),
);

const paddings: fc.Arbitrary<Pad> = fc.oneof(
  fc.constantFrom<Pad>('same', 'valid'),
  fc.tuple(fc.nat(1), fc.nat(1), fc.nat(1), fc.nat(1)).map(([top, bottom, left, right]): Pad => [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ]),
);

const roundings = fc.constantFrom('floor' as const, 'ceil' as const, 'round' as const);

const activations = fc.constantFrom<Activation>(
  'linear',
  'relu',
  'prelu',
  'elu',
  'relu6',
  'leakyrelu',
  'sigmoid',
);

const as4 = (x: tf.Tensor | undefined): tf.Tensor4D => x as tf.Tensor4D;
const as2 = (x: tf.Tensor | undefined): tf.Tensor2D => x as tf.Tensor2D;

const windows = fc.tuple(images, sizes, strides, paddings, seeds);

export const PRODUCTS: Readonly<Record<string, Example$>> = {
  matMul: matrices.map(([batch, rows, inner, columns, transposeA, transposeB, seed]) =>
    gradients(
      [
        floats([batch, ...turned(rows, inner, transposeA)], seed),
        floats([batch, ...turned(inner, columns, transposeB)], seed + 1),
      ],
      (a, b) => tf.matMul(a, b, transposeA, transposeB),
    ),
  ),
  'matMul of matrices': matrices.map(([, rows, inner, columns, transposeA, transposeB, seed]) =>
    gradients(
      [floats(turned(rows, inner, transposeA), seed), floats(turned(inner, columns, transposeB), seed + 1)],
      (a, b) => tf.matMul(a, b, transposeA, transposeB),
    ),
  ),
  'matMul, broadcast': matrices.map(([batch, rows, inner, columns, , , seed]) =>
    values([floats([batch, rows, inner], seed), floats([1, inner, columns], seed + 1)], (a, b) =>
      tf.matMul(a, b),
    ),
  ),
  'matMul, fused': fc.tuple(matrices, activations).map(([[, rows, inner, columns, , , seed], activation]) =>
    values(
      [
        floats([rows, inner], seed),
        floats([inner, columns], seed + 1),
        floats([columns], seed + 2),
        floats([columns], seed + 3),
      ],
      (a, b, bias, alpha) =>
        tf.fused.matMul({
          a: as2(a),
          b: as2(b),
          bias: bias,
          activation,
          preluActivationWeights: alpha,
          leakyreluAlpha: 0.3,
        }),
    ),
  ),
  einsum: matrices.map(([batch, rows, inner, columns, , , seed]) =>
    values([floats([batch, rows, inner], seed), floats([inner, columns], seed + 1)], (a, b) => [
      tf.einsum('bij,jk->bik', a, b),
      tf.einsum('bij,jk->ki', a, b),
      tf.einsum('bij->jb', a),
    ]),
  ),

  conv2d: fc
    .tuple(windows, side)
    .map(([[image, size, stride, pad, seed], filters]) =>
      gradients([floats(image, seed), floats([...size, image[3], filters], seed + 1)], (x, filter) =>
        tf.conv2d(as4(x), as4(filter), stride, pad),
      ),
    ),
  // TensorFlow.js calls gradients without the rounding mode.
  'conv2d, rounded': fc
    .tuple(images, sizes, strides, fc.nat(1), roundings, seeds)
    .map(([image, size, stride, pad, rounding, seed]) =>
      values([floats(image, seed), floats([...size, image[3], 2], seed + 1)], (x, filter) =>
        tf.conv2d(as4(x), as4(filter), stride, pad, 'NHWC', 1, rounding),
      ),
    ),
  'conv2d, dilated': fc
    .tuple(images, sizes, sizes, fc.constantFrom('same' as const, 'valid' as const), seeds)
    .map(([image, size, dilations, pad, seed]) => {
      const [n, h, w, c] = image;
      const larger: Shape = [n, h + 4, w + 4, c];
      return values([floats(larger, seed), floats([...size, c, 2], seed + 1)], (x, filter) =>
        tf.conv2d(as4(x), as4(filter), 1, pad, 'NHWC', dilations),
      );
    }),
  'conv2d, fused': fc.tuple(windows, activations).map(([[image, size, stride, pad, seed], activation]) =>
    values(
      [
        floats(image, seed),
        floats([...size, image[3], 2], seed + 1),
        floats([2], seed + 2),
        floats([2], seed + 3),
      ],
      (x, filter, bias, alpha) =>
        tf.fused.conv2d({
          x: as4(x),
          filter: as4(filter),
          strides: stride,
          pad,
          bias: bias,
          activation,
          preluActivationWeights: alpha,
          leakyreluAlpha: 0.3,
        }),
    ),
  ),

  maxPool: windows.map(([image, size, stride, pad, seed]) =>
    gradients([halves(image, seed)], (x) => tf.maxPool(as4(x), size, stride, pad)),
  ),
  // For a padding that is one number, TensorFlow.js counts columns by the height and vertical stride of the window.
  'maxPool, rounded': fc
    .tuple(images, sizes, strides, fc.nat(1), roundings, seeds)
    .map(([image, [size], [stride], pad, rounding, seed]) =>
      values([halves(image, seed)], (x) =>
        tf.maxPool(as4(x), size, stride, Math.min(pad, size - 1), rounding),
      ),
    ),
  avgPool: windows.map(([image, size, stride, pad, seed]) =>
    values([floats(image, seed)], (x) => tf.avgPool(as4(x), size, stride, pad)),
  ),
  // With padding, gradients of TensorFlow.js' cpu divide by the whole window although its pool does not.
  'avgPool without padding': windows.map(([image, size, stride, , seed]) =>
    gradients([floats(image, seed)], (x) => tf.avgPool(as4(x), size, stride, 'valid')),
  ),
  batchNorm: fc.tuple(images, seeds).map(([image, seed]) => {
    const channels = [image[3]];
    return gradients(
      [
        floats(image, seed),
        floats(channels, seed + 1),
        floats(channels, seed + 2, 0.5, 2),
        floats(channels, seed + 3),
        floats(channels, seed + 4),
      ],
      (x, mean, variance, offset, scale) =>
        tf.batchNorm(
          as4(x),
          mean as tf.Tensor1D,
          variance as tf.Tensor1D,
          offset as tf.Tensor1D,
          scale as tf.Tensor1D,
          0.01,
        ),
    );
  }),
};
