// The engine as a plugin: finds ONNX Runtime, tries the providers, and opens sessions.
import { definePlugin, type EngineSession, type Plugin } from '@mapping-networks/core';
import { encodeModel, loadGradients } from '@mapping-networks/graph';
import { channelBlock } from './channel-block.ts';
import { modelDumper } from './dump-model.ts';
import { openSession } from './engine-session.ts';
import { optionsSchema, type OnnxOptions } from './options.ts';
import { providersOf, requireProviders, SMALLEST_MODEL } from './providers.ts';
import { inThread } from './runtime/in-thread.ts';
import { loadOnnxruntime, nodeModule } from './runtime/onnxruntime.ts';
import { workerThread } from './runtime/worker-thread.ts';
import { sessionOptions } from './session-options.ts';

/**
 * Steps at native speed: recorded once, compiled to one ONNX model each, run by ONNX Runtime. Only in Node.
 *
 * The same inputs give the same bits for the same number of threads. A run cannot be interrupted: what cancels, waits
 * for its end. What a step uses beside its inputs is recorded once, at its values of that moment.
 *
 * @throws ENGINE_ONNX_UNAVAILABLE, ENGINE_ONNX_PROVIDER, ENGINE_ONNX_PROVIDER_FAILED from `open`; GRAPH_UNSUPPORTED_KERNEL from
 * `compile` where a step uses an operation that cannot be compiled, GRAPH_NOT_PURE where it reads a variable
 * @example
 * ```ts
 * import { onnx } from '@mapping-networks/engine-onnx';
 * const session = await onnx({ threads: 1 }).impl.open();
 * console.log(session.description); // onnx cpu, ONNX Runtime 1.…
 * session.dispose();
 * ```
 */
export const onnx: Plugin<'engine', 'onnx', Partial<OnnxOptions>, OnnxOptions> = definePlugin({
  kind: 'engine',
  name: 'onnx',
  summary: 'ONNX Runtime: compiled steps at native speed, on all cores or on a GPU; only in Node.',
  options: optionsSchema,
  slots: {},
  create: (options) => ({ open: () => open(options) }),
});

const open = async (options: OnnxOptions): Promise<EngineSession> => {
  const ort = loadOnnxruntime();
  const { providers, worker, dumpGraph } = options;
  const threads = options.threads === 'auto' ? nodeModule('os').availableParallelism() : options.threads;
  await requireProviders(providers, providersOf(ort), async () => {
    const model = encodeModel(SMALLEST_MODEL);
    await (await ort.InferenceSession.create(model, sessionOptions(providers, 1))).release();
  });
  await loadGradients();
  return openSession({
    description: `onnx ${providers.join(', ')}, ONNX Runtime ${ort.env.versions.node ?? ort.env.versions.common}`,
    threads,
    runtime: worker ? workerThread() : inThread(ort),
    options: sessionOptions(providers, threads),
    channelBlock: await channelBlock(ort, providers),
    dump: modelDumper(dumpGraph),
  });
};
