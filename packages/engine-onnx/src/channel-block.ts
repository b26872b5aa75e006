// Which blocks of channels the CPU provider's direct convolution works in depends on the processor: 16 with AVX-512, 8
// with AVX2, none elsewhere. ONNX Runtime does not tell, and takes filters in the wrong blocks without an error: a
// small convolution is computed with each, and compared with plain loops.
import { float32, sizeOf, type NamedArrays } from '@mapping-networks/core';
import { createBuilder, encodeModel, interpret, lower, type Graph } from '@mapping-networks/graph';
import type { Provider } from './options.ts';
import type { Onnxruntime } from './runtime/onnxruntime.ts';
import { sessionOptions } from './session-options.ts';

const CHANNELS = 32;
const SHAPES = { x: [1, CHANNELS, 4, 6], filter: [CHANNELS, CHANNELS, 3, 3] } as const;

let known: Promise<number> | undefined;

/** 16, 8, or 1 where there are no such blocks; found out once a process. */
export const channelBlock = (ort: Onnxruntime, providers: readonly Provider[]): Promise<number> =>
  providers.every((provider) => provider === 'cpu') ? (known ??= probe(ort)) : Promise.resolve(1);

const probe = async (ort: Onnxruntime): Promise<number> => {
  const graph = convolution();
  const inputs = Object.fromEntries(
    Object.entries(SHAPES).map(([name, shape]) => [name, float32(ramp(shape), shape)]),
  );
  const expected = interpret(graph, inputs)['y']?.data ?? [];
  for (const block of [16, 8]) {
    const result = await computed(ort, graph, inputs, block).catch(() => undefined);
    if (result?.every((value, i) => Math.abs(value - (expected[i] ?? 0)) < 1e-3)) return block;
  }
  return 1;
};

const convolution = (): Graph => {
  const b = createBuilder();
  const x = b.input('x', { shape: SHAPES.x, dtype: 'float32' });
  const filter = b.input('filter', { shape: SHAPES.filter, dtype: 'float32' });
  const y = b.make({
    kind: 'crossCorrelation',
    operands: [x, filter],
    strides: [1, 1],
    dilations: [1, 1],
    before: [1, 1],
    after: [1, 1],
  });
  return { inputs: [x, filter], outputs: { y } };
};

/** Numbers of −1 to 1 without a period that a block could have. */
const ramp = (shape: readonly number[]): Float32Array =>
  Float32Array.from({ length: sizeOf(shape) }, (_, i) => ((i * 7919) % 1009) / 504 - 1);

const computed = async (
  ort: Onnxruntime,
  graph: Graph,
  inputs: NamedArrays,
  block: number,
): Promise<Float32Array> => {
  const bytes = encodeModel(lower(graph, { channelBlock: block }));
  const session = await ort.InferenceSession.create(bytes, sessionOptions(['cpu'], 1));
  try {
    const feeds = Object.entries(inputs).map(
      ([name, { data, shape }]): [string, InstanceType<Onnxruntime['Tensor']>] => [
        name,
        new ort.Tensor('float32', data as Float32Array, [...shape]),
      ],
    );
    const results = await session.run(Object.fromEntries(feeds));
    return (results['y'] as { readonly data: Float32Array }).data;
  } finally {
    await session.release();
  }
};
