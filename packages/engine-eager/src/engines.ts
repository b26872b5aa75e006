// The engines of this package as plugins: the backends that run everywhere and come with npm.
import * as tf from '@tensorflow/tfjs-core';
import { definePlugin, type Plugin } from '@mapping-networks/core';
import { z } from 'zod';
import type { EagerBackend } from './backend.ts';
import { eagerEngine } from './eager-engine.ts';

/** An engine plugin, named like its backend. */
export type EagerPlugin<N extends string> = Plugin<'engine', N, object, object>;

const eagerPlugin = <N extends string>(
  backend: EagerBackend & { readonly name: N },
  summary: string,
): EagerPlugin<N> =>
  definePlugin({
    kind: 'engine',
    name: backend.name,
    summary,
    options: z.strictObject({}),
    slots: {},
    create: () => eagerEngine(backend),
  });

/**
 * TensorFlow.js compiled to WebAssembly with SIMD, with the gradient kernels of convolutional networks added.
 *
 * @example
 * ```ts
 * import { wasm } from '@mapping-networks/engine-eager';
 * const session = await wasm().impl.open();
 * console.log(session.description); // eager wasm (SIMD), TensorFlow.js 4.22.0
 * session.dispose();
 * ```
 */
export const wasm: EagerPlugin<'wasm'> = eagerPlugin(
  {
    name: 'wasm',
    load: async () => {
      const { openWasm, registerWasmKernels } = await import('./wasm/index.ts');
      await openWasm();
      registerWasmKernels();
    },
    describe: () => (tf.env().get('WASM_HAS_SIMD_SUPPORT') === true ? 'SIMD' : 'no SIMD'),
    threads: async () => (await import('@tensorflow/tfjs-backend-wasm')).getThreadsCount(),
  },
  'TensorFlow.js on WebAssembly, with gradient kernels of its own: runs everywhere.',
);

/**
 * TensorFlow.js in plain JavaScript: slow, complete, the reference.
 *
 * @example
 * ```ts
 * import { cpu } from '@mapping-networks/engine-eager';
 * const session = await cpu().impl.open();
 * console.log(session.description); // eager cpu, TensorFlow.js …
 * session.dispose();
 * ```
 */
export const cpu: EagerPlugin<'cpu'> = eagerPlugin(
  {
    name: 'cpu',
    load: async () => {
      await import('@tensorflow/tfjs-backend-cpu');
      // The backend would print an advertisement for tfjs-node at its first tensor.
      await tf.setBackend('cpu');
      Reflect.set(tf.backend(), 'firstUse', false);
    },
    threads: () => 1,
  },
  'TensorFlow.js in plain JavaScript: slow, complete, the reference in tests.',
);
