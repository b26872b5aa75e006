// The engine over any TensorFlow.js backend: operations run one by one, as they are called.
import * as tf from '@tensorflow/tfjs-core';
import { requireArgument, type CompiledStep, type Engine, type EngineSession } from '@mapping-networks/core';
import { startBackend, type EagerBackend } from './backend.ts';
import { compileEager } from './compile.ts';
import { disposed } from './errors.ts';
import { createUploads } from './uploads.ts';

/**
 * An engine that runs steps on a TensorFlow.js backend. Sessions on different backends may live side by side: each
 * run makes its own backend the current one first. The same inputs give the same bits.
 *
 * @throws CORE_INVALID_ARGUMENT; ENGINE_EAGER_BACKEND_UNAVAILABLE from `open` when the backend does not start
 * @example
 * ```ts
 * import { eagerEngine } from '@mapping-networks/engine-eager';
 * const engine = eagerEngine({ name: 'cpu', load: async () => void (await import('@tensorflow/tfjs-backend-cpu')) });
 * const session = await engine.open();
 * console.log(session.description); // eager cpu, TensorFlow.js 4.22.0
 * session.dispose();
 * ```
 */
export const eagerEngine = (backend: EagerBackend): Engine => {
  requireArgument(
    typeof backend?.name === 'string' && typeof backend.load === 'function',
    'eagerEngine',
    'backend',
    'an object with a name and a function as its load',
    backend,
  );
  return {
    open: async () => {
      await startBackend(backend);
      return openSession(backend, await backend.threads?.());
    },
  };
};

const openSession = ({ name, describe }: EagerBackend, threads: number | undefined): EngineSession => {
  const uploads = createUploads();
  const steps = new Set<CompiledStep>();
  const extra = describe?.();
  let live = true;
  return {
    description: `eager ${name}${extra ? ` (${extra})` : ''}, TensorFlow.js ${tf.version_core}`,
    ...(threads !== undefined && { threads }),
    compile: (step, signature) => {
      if (!live) throw disposed('session');
      const compiled = compileEager(name, uploads, step, signature);
      const dispose = (): void => {
        steps.delete(owned);
        compiled.dispose();
      };
      const owned: CompiledStep = { run: compiled.run, dispose };
      steps.add(owned);
      return owned;
    },
    dispose: () => {
      live = false;
      for (const step of steps) step.dispose();
    },
  };
};
