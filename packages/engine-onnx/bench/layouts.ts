// Why images lie as they do: a convolution, its two gradients and a max pool, with images as `[N, C, H, W]` and in the
// ways that `graph` has for `[C, H, W, N]`. All take turns, so that other load on the machine falls on all; minima of
// ROUNDS in milliseconds. From the repository root:
//   npx tsx --conditions=@mapping-networks/source packages/engine-onnx/bench/layouts.ts [threads]
import {
  createBuilder,
  encodeModel,
  layOut,
  lower,
  simplify,
  type Builder,
  type Graph,
  type Node,
  type Window2d,
} from '@mapping-networks/graph';
import { channelBlock } from '../src/channel-block.ts';
import { inThread } from '../src/runtime/in-thread.ts';
import { loadOnnxruntime } from '../src/runtime/onnxruntime.ts';
import { sessionOptions } from '../src/session-options.ts';

const ROUNDS = 30;
const threads = Number(process.argv[2] ?? 2);

interface Layer {
  readonly name: string;
  readonly batch: number;
  readonly side: number;
  readonly channels: number;
  readonly features: number;
  /** Of a 3 × 3 filter with stride 1. */
  readonly padding: 0 | 1;
}

const LAYERS: readonly Layer[] = [
  { name: 'CNN2, second', batch: 128, side: 13, channels: 16, features: 32, padding: 0 },
  { name: 'CNN1, second', batch: 128, side: 14, channels: 32, features: 64, padding: 1 },
  { name: 'ResNet, first stage', batch: 64, side: 32, channels: 16, features: 16, padding: 1 },
  { name: 'ResNet, last stage', batch: 64, side: 8, channels: 64, features: 64, padding: 1 },
];

const windowOf = (size: number, stride: number, side: number, padding: number): Window2d => {
  const output = Math.floor((side + 2 * padding - size) / stride) + 1;
  return {
    size: [size, size],
    strides: [stride, stride],
    dilations: [1, 1],
    padding: { top: padding, bottom: padding, left: padding, right: padding },
    input: [side, side],
    output: [output, output],
  };
};

const input = (b: Builder, name: string, shape: readonly number[]) =>
  b.input(name, { shape, dtype: 'float32' });
const SWAP = [3, 1, 2, 0];

/** Images come and go as `[C, H, W, N]`, so that nothing but the operation is timed. */
const innermost = (layer: Layer, pass: Pass, convolution: 'columns' | 'correlation'): Graph => {
  const b = createBuilder();
  const { batch, side, channels, features, padding } = layer;
  const window = windowOf(3, 1, side, padding);
  const pool = windowOf(2, 2, window.output[0], 0);
  const x = input(b, 'x', [channels, side, side, batch]);
  const dy = input(b, 'dy', [features, ...window.output, batch]);
  const filter = input(b, 'filter', [3, 3, channels, features]);
  const [image, gradient] = [b.transpose(x, SWAP), b.transpose(dy, SWAP)];
  const { inputs, y } = {
    forward: () => ({ inputs: [x, filter], y: b.transpose(b.conv2d(image, filter, window), SWAP) }),
    'gradient in x': () => ({
      inputs: [dy, filter],
      y: b.transpose(b.conv2dInputGradient(gradient, filter, window), SWAP),
    }),
    'gradient in filter': () => ({ inputs: [x, dy], y: b.conv2dFilterGradient(image, gradient, window) }),
    'max pool': () => ({ inputs: [dy], y: b.transpose(b.pool2d('max', gradient, pool), SWAP) }),
  }[pass]();
  const laid = layOut({ inputs, outputs: { y } }, createBuilder(), { convolution });
  return simplify(laid, createBuilder());
};

/** The same over `[N, C, H, W]`. */
const outermost = (layer: Layer, pass: Pass): Graph => {
  const b = createBuilder();
  const { batch, side, channels, features, padding } = layer;
  const out = side + 2 * padding - 2;
  const x = input(b, 'x', [batch, channels, side, side]);
  const dy = input(b, 'dy', [batch, features, out, out]);
  const filter = input(b, 'filter', [features, channels, 3, 3]);
  const correlated = (image: Node, kernel: Node, around: number): Node =>
    b.make({
      kind: 'crossCorrelation',
      operands: [image, kernel],
      strides: [1, 1],
      dilations: [1, 1],
      before: [around, around],
      after: [around, around],
    });
  /** All windows of each image side by side, a product an image, and the sum of those. */
  const byColumns = (): Node => {
    const around = [0, 0, padding, padding];
    const padded = b.pad(x, around, around, 0);
    const taps = Array.from({ length: 9 }, (_, at) => {
      const begin = [0, 0, Math.floor(at / 3), at % 3];
      return b.reshape(b.slice(padded, begin, [batch, channels, out, out]), [batch, channels, out * out]);
    });
    const images = b.concat(taps, 1);
    const gradients = b.reshape(dy, [batch, features, out * out]);
    return b.reduce('sum', b.matMul(gradients, images, false, true), [0]);
  };
  const half = Math.floor(out / 2);
  const tap = (row: number, column: number): Node =>
    b.slice(dy, [0, 0, row, column], [batch, features, half, half], [1, 1, 2, 2]);
  const larger = (p: Node, q: Node): Node => b.binary('max', p, q);
  const turned = b.slice(filter, [0, 0, 2, 2], filter.type.shape, [1, 1, -1, -1]);
  const { inputs, y } = {
    forward: () => ({ inputs: [x, filter], y: correlated(x, filter, padding) }),
    'gradient in x': () => ({
      inputs: [dy, filter],
      y: correlated(dy, b.transpose(turned, [1, 0, 2, 3]), 2 - padding),
    }),
    'gradient in filter': () => ({ inputs: [x, dy], y: byColumns() }),
    'max pool': () => ({
      inputs: [dy],
      y: larger(larger(tap(0, 0), tap(0, 1)), larger(tap(1, 0), tap(1, 1))),
    }),
  }[pass]();
  return simplify({ inputs, outputs: { y } }, createBuilder());
};

const PASSES = ['forward', 'gradient in x', 'gradient in filter', 'max pool'] as const;
type Pass = (typeof PASSES)[number];

const ort = loadOnnxruntime();
const runtime = inThread(ort);
const block = await channelBlock(ort, ['cpu']);

/** What runs a graph once, and frees it. `all` lets ONNX Runtime reorder convolutions into blocks by itself. */
const program = async (graph: Graph, blocks = 1, level: 'all' | 'extended' = 'extended') => {
  const model = lower(graph, { channelBlock: blocks });
  const loaded = await runtime.load({
    bytes: encodeModel(model),
    options: { ...sessionOptions(['cpu'], threads), graphOptimizationLevel: level },
    inputs: model.inputs,
    constants: [],
    outputs: ['y'],
  });
  const arrays = model.inputs.map(({ shape }) =>
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => Math.random() - 0.5),
  );
  return { run: () => loaded.run(arrays), release: () => loaded.release() };
};

console.log(`${threads} threads, blocks of ${block}; milliseconds`);
for (const layer of LAYERS) {
  for (const pass of PASSES) {
    const programs = {
      '[N, C, H, W]': await program(outermost(layer, pass)),
      "[N, C, H, W], level 'all'": await program(outermost(layer, pass), 1, 'all'),
      columns: await program(innermost(layer, pass, 'columns')),
      correlation: await program(innermost(layer, pass, 'correlation')),
      'in blocks': await program(innermost(layer, pass, 'correlation'), block),
    };
    const best: Record<string, number> = {};
    for (let round = -3; round < ROUNDS; round++) {
      for (const [name, { run }] of Object.entries(programs)) {
        const began = performance.now();
        await run();
        if (round >= 0) best[name] = Math.min(best[name] ?? Infinity, performance.now() - began);
      }
    }
    const shown = Object.entries(best).map(([name, time]) => `${name} ${time.toFixed(2)}`);
    console.log(`${layer.name}, ${pass}: ${shown.join('; ')}`);
    for (const { release } of Object.values(programs)) await release();
  }
}
