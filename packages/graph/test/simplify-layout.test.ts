// Between two convolutions in the batch-innermost layout no full-size transpose is left, whatever a network has there.
// Each convolution is written as the layout writes it: transpose in, merge rows, correlate, split rows, transpose out.
import { describe, expect, it } from 'vitest';
import { createBuilder, type Builder } from '../src/ir/builder.ts';
import { topological } from '../src/ir/graph.ts';
import type { Node } from '../src/ir/node.ts';
import { simplify } from '../src/simplify/simplify.ts';
import { expectSameNumbers, graphOf } from './expression.ts';

const [N, H, W, C] = [3, 4, 4, 2];
const SWAP = [3, 1, 2, 0];

/** A 1×1 convolution [N, h, w, C] → [N, h, w, C]. */
const convolve = (b: Builder, x: Node, name: string): Node => {
  const [n, h, w, c] = x.type.shape as [number, number, number, number];
  const filter = b.input(name, { shape: [c, c, 1, 1], dtype: 'float32' });
  const rows = b.reshape(b.transpose(x, SWAP), [1, c, h, w * n]);
  const core = b.make({
    kind: 'crossCorrelation',
    operands: [rows, filter],
    strides: [1, 1],
    dilations: [1, 1],
    before: [0, 0],
    after: [0, 0],
  });
  return b.transpose(b.reshape(core, [c, h, w, n]), SWAP);
};

const vector = (b: Builder, name: string): Node => b.input(name, { shape: [C], dtype: 'float32' });
const image = (b: Builder, name = 'x'): Node => b.input(name, { shape: [N, H, W, C], dtype: 'float32' });

/** Mean over all but the channels, kept as [1, 1, 1, C] the way TensorFlow.js does. */
const moment = (b: Builder, x: Node): Node => b.reshape(b.reduce('mean', x, [0, 1, 2]), [1, 1, 1, C]);

const batchNorm = (b: Builder, x: Node): Node => {
  const centred = b.binary('sub', x, b.broadcast(moment(b, x), x.type.shape));
  const variance = moment(b, b.unary('square', centred));
  const deviation = b.unary('sqrt', b.binary('add', variance, b.scalar(1e-3)));
  const normed = b.binary('div', centred, deviation);
  return b.binary('add', b.binary('mul', normed, vector(b, 'gamma')), vector(b, 'beta'));
};

/** dx, for a batch norm of x, as autodiff writes it: sums to undo broadcasts, and ones as gradients. */
const batchNormGradient = (b: Builder, x: Node, dy: Node): Node => {
  const scaled = b.binary('mul', dy, b.broadcast(vector(b, 'gamma'), dy.type.shape));
  const mean = b.binary('mul', b.broadcast(moment(b, scaled), dy.type.shape), b.fill(1, dy.type.shape));
  const slope = b.reduce('sum', b.binary('mul', scaled, x), [0, 1, 2]);
  const back = b.binary('mul', x, b.broadcast(b.reshape(slope, [1, 1, 1, C]), x.type.shape));
  return b.binary('sub', b.binary('sub', scaled, mean), b.binary('div', back, b.scalar(N * H * W)));
};

/** A 2×2 max pool as slices over rows and columns, in the layout. */
const pool = (b: Builder, x: Node): Node => {
  const inner = b.transpose(x, SWAP);
  const size = [C, H / 2, W / 2, N];
  const taps = [0, 1].flatMap((row) =>
    [0, 1].map((column) => b.slice(inner, [0, row, column, 0], size, [1, 2, 2, 1])),
  );
  return b.transpose(
    taps.reduce((a, c) => b.binary('max', a, c)),
    SWAP,
  );
};

const CHAINS: Readonly<Record<string, (b: Builder, x: Node) => Node>> = {
  'nothing at all': (_, x) => x,
  'bias and relu': (b, x) => b.unary('relu', b.binary('add', x, vector(b, 'bias'))),
  'bias that autodiff has repeated': (b, x) =>
    b.binary('add', x, b.broadcast(vector(b, 'bias'), x.type.shape)),
  'relu gradient': (b, x) =>
    b.binary('mul', convolve(b, image(b, 'dy'), 'v'), b.unary('step', b.unary('relu', x))),
  'relu gradient by select': (b, x) =>
    b.select(b.binary('greater', x, b.scalar(0)), convolve(b, image(b, 'dy'), 'v'), b.fill(0, x.type.shape)),
  'dropout by a mask of the inputs': (b, x) =>
    b.binary('mul', x, b.binary('div', image(b, 'mask'), b.scalar(0.5))),
  'a residual add': (b, x) => b.binary('add', b.unary('relu', x), convolve(b, x, 'u')),
  'batch norm': batchNorm,
  'batch norm, relu, residual': (b, x) => b.binary('add', x, b.unary('relu', batchNorm(b, x))),
  'batch norm gradient': (b, x) => batchNormGradient(b, convolve(b, image(b, 'z'), 'u'), x),
  'a max pool': pool,
  'padding and concatenation of channels': (b, x) => {
    const more = convolve(b, x, 'u');
    return b.slice(b.pad(b.concat([x, more], 3), [0, 1, 1, 0], [0, 1, 1, 0], 0), [0, 1, 1, 1], [N, H, W, C]);
  },
  'the shortcut of a residual network: every other pixel, channels padded': (b, x) =>
    b.pad(b.slice(x, [0, 0, 0, 0], [N, 2, 2, C], [1, 2, 2, 1]), [0, 0, 0, 1], [0, 0, 0, 1], 0),
};

describe('between two convolutions', () => {
  it.each(Object.entries(CHAINS))('%s', (_, chain) => {
    const b = createBuilder();
    const y = convolve(b, chain(b, convolve(b, image(b), 'first')), 'second');
    const before = graphOf({ y });
    const after = simplify(before, b);
    expectSameNumbers(before, after);
    expect(transposed(after.outputs['y'] as Node)).toEqual([]);
  });
});

/** Where transposes of more than a channel's numbers are left, but for those of inputs and of the result. */
const transposed = (output: Node): readonly string[] =>
  topological(output.kind === 'transpose' ? output.operands : [output])
    .filter((node) => node.kind === 'transpose' && node.type.shape.reduce((a, c) => a * c, 1) > C)
    .filter((node) => !ofInput(node))
    .map((node) => `${node.type.shape.join()} of ${node.operands[0]?.kind ?? 'nothing'}`);

const ofInput = ({ operands: [x] }: Node): boolean => x !== undefined && (x.kind === 'input' || isScaled(x));

const isScaled = (x: Node): boolean => x.kind === 'binary' && x.operands[0].kind === 'input';

it('takes the gradient of a batch norm in few passes over the images', () => {
  const b = createBuilder();
  const dy = convolve(b, image(b, 'dy'), 'first');
  const x = convolve(b, image(b), 'second');
  const centred = b.binary('sub', x, b.broadcast(moment(b, x), x.type.shape));
  const before = graphOf({ dx: convolve(b, batchNormGradient(b, centred, dy), 'third') });
  const after = simplify(before, b);
  expectSameNumbers(before, after);
  const passes = topological(Object.values(after.outputs)).flatMap((node) =>
    node.kind === 'binary' && node.type.shape.reduce((a, c) => a * c, 1) === N * H * W * C ? [node.op] : [],
  );
  // x - mean, dy·x, and dx = a·dy + b·x + c.
  expect(passes.filter((op) => op === 'mul')).toHaveLength(3);
  expect(passes.filter((op) => op !== 'mul')).toHaveLength(3);
});

it('ends a network in one transpose where dense layers begin', () => {
  const b = createBuilder();
  const features = b.unary('relu', convolve(b, image(b), 'first'));
  const flat = b.reshape(features, [N, H * W * C]);
  const logits = b.matMul(flat, b.input('dense', { shape: [H * W * C, 5], dtype: 'float32' }));
  const pooled = b.matMul(
    b.reduce('mean', features, [1, 2]),
    b.input('head', { shape: [C, 5], dtype: 'float32' }),
  );
  const before = graphOf({ logits, pooled });
  const after = simplify(before, b);
  expectSameNumbers(before, after);
  expect(transposed(after.outputs['logits'] as Node)).toHaveLength(1);
  expect(transposed(after.outputs['pooled'] as Node)).toEqual([]);
});
