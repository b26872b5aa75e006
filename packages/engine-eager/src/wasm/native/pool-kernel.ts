// The gradient of max pooling for four channels at a time: finds the first maximum of each window, then adds
// the gradient of the window to that pixel.
import { defineFunction } from './assembler.ts';
import type { WasmFunction } from './assembler.ts';
import { f32x4, i32, i32x4, repeatWhile, v128 } from './instructions.ts';

/**
 * `poolMaxima`: windows start at byte offsets `windows` … `windowsEnd` of x and dx; pixel t of a window lies
 * at offset taps[t] from there, `channelBytes` (a multiple of 16) long; dy is read in order.
 */
export const poolMaxima: WasmFunction = defineFunction(
  'poolMaxima',
  {
    x: 'i32',
    dy: 'i32',
    dx: 'i32',
    windows: 'i32',
    windowsEnd: 'i32',
    taps: 'i32',
    tapsEnd: 'i32',
    channelBytes: 'i32',
  },
  {
    at: 'i32',
    atEnd: 'i32',
    tap: 'i32',
    offset: 'i32',
    pixel: 'i32',
    value: 'v128',
    best: 'v128',
    winner: 'v128',
    greater: 'v128',
    gradient: 'v128',
  },
  (local) => {
    const get = (name: Parameters<typeof local>[0]) => local(name).get;
    const advance = (name: Parameters<typeof local>[0], bytes: number) =>
      local(name).set(i32.add(get(name), i32.constant(bytes)));
    const nextTap = local('offset').set(i32.load(get('tap')));
    const anyTapLeft = i32.lessThan(get('tap'), get('tapsEnd'));

    const findWinner = [
      local('best').set(f32x4.minusInfinity),
      local('winner').set(i32x4.splat(i32.constant(-1))),
      local('tap').set(get('taps')),
      repeatWhile(anyTapLeft, [
        nextTap,
        local('value').set(f32x4.load(i32.add(i32.add(get('x'), get('at')), get('offset')))),
        local('greater').set(f32x4.greater(get('value'), get('best'))),
        local('best').set(v128.select(get('value'), get('best'), get('greater'))),
        local('winner').set(v128.select(i32x4.splat(get('offset')), get('winner'), get('greater'))),
        advance('tap', 4),
      ]),
    ];
    const addToWinner = [
      local('gradient').set(f32x4.load(get('dy'))),
      local('tap').set(get('taps')),
      repeatWhile(anyTapLeft, [
        nextTap,
        local('pixel').set(i32.add(i32.add(get('dx'), get('at')), get('offset'))),
        f32x4.store(
          get('pixel'),
          f32x4.add(
            f32x4.load(get('pixel')),
            v128.and(get('gradient'), i32x4.equal(get('winner'), i32x4.splat(get('offset')))),
          ),
        ),
        advance('tap', 4),
      ]),
    ];
    return [
      repeatWhile(i32.lessThan(get('windows'), get('windowsEnd')), [
        local('at').set(i32.load(get('windows'))),
        local('atEnd').set(i32.add(get('at'), get('channelBytes'))),
        repeatWhile(i32.lessThan(get('at'), get('atEnd')), [
          ...findWinner,
          ...addToWinner,
          advance('dy', 16),
          advance('at', 16),
        ]),
        advance('windows', 4),
      ]),
    ];
  },
);
