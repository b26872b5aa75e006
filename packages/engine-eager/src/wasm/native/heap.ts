// The memory of the tfjs wasm backend: where a tensor lies in it, typed views of it, and scratch space.
// Views are taken afresh for each use, because the memory may grow (and move) at any allocation.
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { wasmInternals } from '../errors.ts';

/** The memory in which the backend keeps its tensors; Emscripten holds the exports of its module in `asm`. */
export function memoryOf(backend: BackendWasm): WebAssembly.Memory {
  const module: object = backend.wasm;
  const exports: unknown = 'asm' in module ? module.asm : undefined;
  const memory =
    typeof exports === 'object' && exports !== null && 'memory' in exports ? exports.memory : undefined;
  if (memory instanceof WebAssembly.Memory) return memory;
  throw wasmInternals('its memory');
}

/** Byte address of a tensor's first element. */
export const addressOf = (backend: BackendWasm, tensor: TensorInfo): number =>
  backend.dataIdMap.get(tensor.dataId).memoryOffset;

/** The whole memory as 32-bit floats and as 32-bit integers. */
export interface Heap {
  readonly floats: Float32Array;
  readonly ints: Int32Array;
}

export function heapOf(backend: BackendWasm): Heap {
  const { buffer } = memoryOf(backend);
  return { floats: new Float32Array(buffer), ints: new Int32Array(buffer) };
}

/** Elements of a float32 tensor, as a view that is valid until the next allocation. */
export function floatsOf(backend: BackendWasm, tensor: TensorInfo): Float32Array {
  const length = tensor.shape.reduce((product, size) => product * size, 1);
  return new Float32Array(memoryOf(backend).buffer, addressOf(backend, tensor), length);
}

/**
 * Writes a table of offsets, given in elements of four bytes, as byte offsets; the last repeats up to
 * `length`.
 */
export function writeByteOffsets(
  ints: Int32Array,
  address: number,
  table: Int32Array,
  length: number = table.length,
): void {
  const start = address >>> 2;
  for (let index = 0; index < table.length; index++) ints[start + index] = table[index]! * 4;
  ints.fill(ints[start + table.length - 1]!, start + table.length, start + length);
}

/** Lends `byteSizes.length` regions of memory to `use`, and takes them back after it. */
export function withScratch<T>(
  backend: BackendWasm,
  byteSizes: readonly number[],
  use: (...addresses: number[]) => T,
): T {
  const rounded = byteSizes.map((size) => (size + 15) & ~15);
  const total = rounded.reduce((sum, size) => sum + size, 0);
  const region = backend.makeOutput([total / 4], 'float32');
  try {
    let next = addressOf(backend, region);
    const addresses = rounded.map((size) => {
      const address = next;
      next += size;
      return address;
    });
    return use(...addresses);
  } finally {
    backend.disposeData(region.dataId);
  }
}
