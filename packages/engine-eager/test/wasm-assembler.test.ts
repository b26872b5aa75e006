// The assembler writes what a WebAssembly engine reads: numbers of every size, loops, both variants of the
// product.
import { expect, it } from 'vitest';
import { assemble, defineFunction } from '../src/wasm/native/assembler.ts';
import { gemmPanel } from '../src/wasm/native/gemm-kernel.ts';
import { f32x4, i32, i32x4, repeatWhile, when } from '../src/wasm/native/instructions.ts';

const constants = [
  0,
  1,
  63,
  64,
  127,
  128,
  8191,
  8192,
  1_000_000,
  2 ** 31 - 1,
  -1,
  -64,
  -65,
  -8193,
  -(2 ** 31),
];

function run(functions: Parameters<typeof assemble>[0], name: string, ...args: number[]): Int32Array {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(assemble(functions)), {
    env: { memory },
  });
  const call = exports[name];
  if (typeof call !== 'function') throw new Error(`no function ${name}`);
  call(...args);
  return new Int32Array(memory.buffer);
}

it('encodes constants and offsets of every length', () => {
  const store = defineFunction('store', { to: 'i32' }, {}, (local) =>
    constants.map((value, index) =>
      f32x4.store(local('to').get, i32x4.splat(i32.constant(value)), 250 * 16 * index),
    ),
  );
  const ints = run([store], 'store', 0);
  constants.forEach((value, index) => expect(ints[250 * 4 * index + 3]).toBe(value));
});

it('repeats while a condition holds, and tells functions apart', () => {
  const nothing = defineFunction('nothing', {}, {}, () => []);
  const count = defineFunction('count', { end: 'i32' }, { at: 'i32', odd: 'i32' }, (local) => [
    repeatWhile(i32.lessThan(local('at').get, local('end').get), [
      f32x4.store(local('at').get, i32x4.splat(local('at').get)),
      when(local('odd').get, [f32x4.store(local('at').get, i32x4.splat(i32.constant(-7)))]),
      local('odd').set(i32.lessThan(local('odd').get, i32.constant(1))),
      local('at').set(i32.add(local('at').get, i32.constant(16))),
    ]),
  ]);
  const ints = run([nothing, count], 'count', 64);
  expect([0, 4, 8, 12, 16].map((index) => ints[index])).toEqual([0, -7, 32, -7, 0]);
});

it('writes a product without fused instructions for engines that lack them', () => {
  expect(WebAssembly.validate(assemble([gemmPanel(false)]))).toBe(true);
  expect(assemble([gemmPanel(true)])).not.toEqual(assemble([gemmPanel(false)]));
});
