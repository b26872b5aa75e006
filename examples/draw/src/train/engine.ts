// TensorFlow.js on WebAssembly, from the files of this page; in plain JavaScript where a browser has no WebAssembly.
import type { Part } from '@mapping-networks/core';
import { cpu, wasm } from '@mapping-networks/engine-eager';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threaded from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';

const address = (file: string): string => new URL(file, import.meta.url).href;

/** The engine to train with here. */
export const browserEngine = async (): Promise<Part<'engine'>> => {
  if (typeof WebAssembly !== 'object') return cpu();
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  setWasmPaths({
    'tfjs-backend-wasm.wasm': address(plain),
    'tfjs-backend-wasm-simd.wasm': address(simd),
    'tfjs-backend-wasm-threaded-simd.wasm': address(threaded),
  });
  return wasm();
};
