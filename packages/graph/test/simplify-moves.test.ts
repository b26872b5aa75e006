// Broadcasts, reshapes and transposes, rule by rule: what goes in, what comes out.
import { describe } from 'vitest';
import { check, far } from './simplify-cases.ts';

describe('broadcasts sink', () => {
  check([
    ['that repeat nothing', (b, input) => b.broadcast(input('x', 3), [1, 3]), 'reshape[1,3](x)'],
    [
      'f(broadcast(x))',
      (b, input) => b.unary('exp', b.broadcast(input('x', 3), [4, 3])),
      'broadcast[4,3](exp(x))',
    ],
    [
      'x + broadcast(y)',
      (b, input) => b.binary('add', input('x', 4, 3), b.broadcast(input('y', 3), [4, 3])),
      'add(x, y)',
    ],
    [
      'x + y with a leading 1',
      (b, input) => b.binary('add', input('x', 4, 3), b.reshape(input('y', 3), [1, 3])),
      'add(x, y)',
    ],
    [
      'reshape(broadcast(x))',
      (b, input) => b.reshape(b.broadcast(input('x', 4, 1), [2, 4, 3]), [2, 2, 2, 3]),
      'broadcast[2,2,2,3](reshape[1,2,2,1](x))',
    ],
    [
      'transpose(broadcast(x))',
      (b, input) => b.transpose(b.broadcast(input('x', 3), [5, 4, 3]), [2, 1, 0]),
      'broadcast[3,4,5](reshape[3,1,1](x))',
    ],
    [
      'slice(broadcast(x))',
      (b, input) => b.slice(b.broadcast(input('x', 3), [4, 3]), [1, 1], [2, 2]),
      'broadcast[2,2](slice[1][2](x))',
    ],
    [
      'sum(broadcast(x))',
      (b, input) => b.reduce('sum', b.broadcast(input('x', 3), [4, 3]), [0, 1]),
      'mul(sum[0](x), 4)',
    ],
    ['max(broadcast(x))', (b, input) => b.reduce('max', b.broadcast(input('x', 3), [4, 3]), [0]), 'x'],
  ]);
});

describe('reshapes meet', () => {
  check([
    [
      'argmax along a kept axis',
      (b, input) => b.argExtreme('max', b.reshape(input('x', 5, 12), [5, 3, 4]), 0),
      'reshape[3,4](max[0](x))',
    ],
    [
      'reshape(f(x)) · mask: the mask is reshaped instead',
      (b, input) =>
        b.binary('mul', b.reshape(far(b, input('x', 4, 3)), [2, 2, 2, 2]), input('mask', 2, 2, 2, 2)),
      'reshape[2,2,2,2](mul(matMul·ᵀ(x, x), reshape[4,4](mask)))',
    ],
    [
      'reshape(reshape(x))',
      (b, input) => b.reshape(b.reshape(input('x', 4, 3), [12]), [3, 4]),
      'reshape[3,4](x)',
    ],
    ['there and back', (b, input) => b.reshape(b.reshape(input('x', 4, 3), [12]), [4, 3]), 'x'],
    ['f(reshape(x))', (b, input) => b.unary('exp', b.reshape(input('x', 4, 3), [12])), 'reshape[12](exp(x))'],
    [
      'reshape(x) + bias of the axis that stays',
      (b, input) => b.binary('add', b.reshape(input('x', 2, 12), [2, 3, 4]), input('bias', 2, 1, 1)),
      'reshape[2,3,4](add(x, reshape[2,1](bias)))',
    ],
    [
      'f(reshape(x), y) in the lower rank',
      (b, input) =>
        b.binary(
          'add',
          b.reshape(far(b, input('x', 4, 2)), [2, 2, 4]),
          b.matMul(input('y', 2, 2, 3), input('z', 2, 3, 4)),
        ),
      'reshape[2,2,4](add(matMul·ᵀ(x, x), reshape[4,4](matMul(y, z))))',
    ],
    [
      'but not bias of an axis that was split',
      (b, input) => b.binary('add', b.reshape(far(b, input('x', 4, 2)), [2, 2, 4]), input('bias', 2, 1, 4)),
      'add(reshape[2,2,4](matMul·ᵀ(x, x)), bias)',
    ],
    [
      'sum of whole groups',
      (b, input) => b.reduce('sum', b.reshape(input('x', 2, 12), [2, 3, 4]), [1, 2]),
      'sum[1](x)',
    ],
    [
      'slice of a kept axis',
      (b, input) => b.slice(b.reshape(input('x', 5, 12), [5, 3, 4]), [1, 0, 0], [2, 3, 4]),
      'reshape[2,3,4](slice[1,0][2,12](x))',
    ],
    [
      'padding of a kept axis',
      (b, input) => b.pad(b.reshape(input('x', 5, 12), [5, 3, 4]), [1, 0, 0], [0, 0, 0], 0),
      'reshape[6,3,4](pad[1,0][0,0](x))',
    ],
    [
      'concat of a kept axis',
      (b, input) =>
        b.concat([b.reshape(input('x', 5, 12), [5, 3, 4]), b.reshape(input('y', 1, 12), [1, 3, 4])], 0),
      'concat[0](reshape[5,3,4](x), reshape[1,3,4](y))',
    ],
    [
      'concat of a kept axis, both long',
      (b, input) =>
        b.concat([b.reshape(input('x', 5, 12), [5, 3, 4]), b.reshape(input('y', 2, 12), [2, 3, 4])], 0),
      'reshape[7,3,4](concat[0](x, y))',
    ],
  ]);
});

describe('transposes sink and meet', () => {
  const back = [1, 2, 0];
  const p = [2, 0, 1];
  check([
    [
      'transpose(transpose(x))',
      (b, input) => b.transpose(b.transpose(input('x', 2, 3, 4), p), p),
      'transpose[1,2,0](x)',
    ],
    ['there and back', (b, input) => b.transpose(b.transpose(input('x', 2, 3, 4), p), back), 'x'],
    [
      'of axes of size 1',
      (b, input) => b.transpose(input('x', 2, 1, 3, 1), [3, 0, 2, 1]),
      'reshape[1,2,3,1](x)',
    ],
    [
      'f(transpose(x))',
      (b, input) => b.unary('exp', b.transpose(input('x', 2, 3), [1, 0])),
      'transpose[1,0](exp(x))',
    ],
    [
      'transpose(x) + transpose(y)',
      (b, input) =>
        b.binary('add', b.transpose(input('x', 2, 3), [1, 0]), b.transpose(input('y', 2, 3), [1, 0])),
      'transpose[1,0](add(x, y))',
    ],
    [
      'transpose(x) + bias',
      (b, input) => b.binary('add', b.transpose(input('x', 2, 3, 4), p), input('bias', 3)),
      'transpose[2,0,1](add(x, reshape[1,3,1](bias)))',
    ],
    [
      'transpose(f(x)) · mask: the mask is moved, once',
      (b, input) => b.binary('mul', b.transpose(far(b, input('x', 2, 3)), [1, 0]), input('mask', 2, 2)),
      'transpose[1,0](mul(matMul·ᵀ(x, x), transpose[1,0](mask)))',
    ],
    [
      'meeting a value from elsewhere on its way to its inverse',
      (b, input) => {
        const x = b.transpose(b.reshape(far(b, input('x', 6, 2)), [2, 3, 6]), p);
        const y = b.reshape(far(b, input('y', 6, 2)), [6, 2, 3]);
        return b.unary('exp', b.transpose(b.binary('mul', x, y), back));
      },
      'exp(mul(reshape[2,3,6](matMul·ᵀ(x, x)), transpose[1,2,0](reshape[6,2,3](matMul·ᵀ(y, y)))))',
    ],
    [
      'a merge of neighbours',
      (b, input) => b.reshape(b.transpose(input('x', 2, 3, 4), p), [4, 6]),
      'transpose[1,0](reshape[6,4](x))',
    ],
    [
      'a split',
      (b, input) => b.reshape(b.transpose(input('x', 4, 6), [1, 0]), [2, 3, 4]),
      'transpose[1,2,0](reshape[4,2,3](x))',
    ],
    [
      'no merge of strangers',
      (b, input) => b.reshape(b.transpose(input('x', 2, 3, 4), [1, 0, 2]), [6, 4]),
      'reshape[6,4](transpose[1,0,2](x))',
    ],
    [
      'new axes of size 1',
      (b, input) => b.transpose(b.reshape(b.transpose(input('x', 2, 3), [1, 0]), [3, 1, 2]), [2, 1, 0]),
      'reshape[2,1,3](x)',
    ],
    ['sum', (b, input) => b.reduce('sum', b.transpose(input('x', 2, 3, 4), p), [0]), 'sum[2](x)'],
    [
      'argmax',
      (b, input) => b.argExtreme('max', b.transpose(input('x', 2, 3, 4), [2, 1, 0]), 1),
      'transpose[1,0](max[1](x))',
    ],
    [
      'running sum',
      (b, input) => b.cumulativeSum(b.transpose(input('x', 2, 3), [1, 0]), 0),
      'transpose[1,0](cumulativeSum[1](x))',
    ],
    [
      'slice',
      (b, input) => b.slice(b.transpose(input('x', 2, 3), [1, 0]), [1, 0], [2, 2]),
      'transpose[1,0](slice[0,1][2,2](x))',
    ],
    [
      'padding',
      (b, input) => b.pad(b.transpose(input('x', 2, 3), [1, 0]), [1, 0], [0, 2], 0),
      'transpose[1,0](pad[0,1][2,0](x))',
    ],
    [
      'concat',
      (b, input) =>
        b.concat([b.transpose(input('x', 2, 3), [1, 0]), b.transpose(input('y', 2, 4), [1, 0])], 0),
      'transpose[1,0](concat[1](x, y))',
    ],
    [
      'gather',
      (b, input) =>
        b.gather(b.transpose(input('x', 4, 5), [1, 0]), b.constant(Int32Array.of(1, 0, 3), [3]), 1),
      'transpose[1,0](gather[0](x, [1,0,3]))',
    ],
  ]);
});
