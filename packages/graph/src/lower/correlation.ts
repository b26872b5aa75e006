// Correlations as onnxruntime computes them. Where the engine says so, in blocks of channels: the reorderings to and
// from `[N, C/b, H, W, b]` are cheap, and the direct kernel that they allow beats the usual way, which copies panels
// for matrix products (`npm run bench`).
import type { CrossCorrelationNode, Node } from '../ir/node.ts';
import type { ElementArray } from '../ir/value-type.ts';
import { int, ints, type Value } from './emitter.ts';
import { relocated } from './relocate.ts';
import { filled, isEmpty, type Scope } from './scope.ts';

/** Operators of onnxruntime's CPU provider on blocks of channels. */
const BLOCKED = 'com.microsoft.nchwc';

/** Conv with a bias of one number a channel of the result, or none. */
export const correlation = (node: CrossCorrelationNode, scope: Scope, bias?: Value): Value => {
  const { operands, strides, dilations, before, after, type } = node;
  const x = scope.value(operands[0]);
  if (isEmpty(x.shape)) return filled(scope, 0, type.dtype, type.shape);
  const { shape } = operands[1].type;
  const attributes = {
    dilations: ints(dilations),
    kernel_shape: ints(shape.slice(2)),
    pads: ints([...before, ...after]),
    strides: ints(strides),
  };
  const filter = suitsBlocks(node, scope.channelBlock)
    ? blockedFilter(operands[1], scope.channelBlock, scope)
    : undefined;
  if (filter !== undefined) {
    const blocks = scope.emit('ReorderInput', [x], x, {}, BLOCKED);
    const inputs = bias === undefined ? [blocks, filter] : [blocks, filter, bias];
    const result = scope.emit('Conv', inputs, type, attributes, BLOCKED);
    return scope.emit('ReorderOutput', [result], type, { channels: int(type.shape[1] ?? 0) }, BLOCKED);
  }
  const moved = scope.conventional ? undefined : relocated(operands[1], shape, (places) => places, scope);
  const plain = moved ?? scope.value(operands[1]);
  return scope.emit('Conv', bias === undefined ? [x, plain] : [x, plain, bias], type, attributes);
};

const suitsBlocks = ({ operands: [x, filter] }: CrossCorrelationNode, block: number): boolean => {
  const [features = 0, channels = 0] = filter.type.shape;
  return block > 1 && x.type.shape.length === 4 && features % block === 0 && channels % block === 0;
};

/** A filter `[O, C, kh, kw]` in the order `[O/b, C/b, kh, kw, b of C, b of O]`, under its own shape. */
const blockedFilter = (filter: Node, b: number, scope: Scope): Value | undefined => {
  const [features = 0, channels = 0, kh = 0, kw = 0] = filter.type.shape;
  const taps = kh * kw;
  const inBlocks = (places: ElementArray): ElementArray => {
    const ordered = new Float32Array(places.length);
    for (let o = 0; o < features; o++) {
      for (let c = 0; c < channels; c++) {
        const block = Math.floor(o / b) * (channels / b) + Math.floor(c / b);
        for (let tap = 0; tap < taps; tap++) {
          ordered[((block * taps + tap) * b + (c % b)) * b + (o % b)] =
            places[(o * channels + c) * taps + tap] ?? 0;
        }
      }
    }
    return ordered;
  };
  return relocated(filter, filter.type.shape, inBlocks, scope);
};
