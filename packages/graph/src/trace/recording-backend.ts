// The recording backend in TensorFlow.js' registry: registered when it is first needed, current only while a step is
// recorded.
import * as tf from '@tensorflow/tfjs-core';
import type { Builder } from '../ir/builder.ts';
import { KERNELS } from './kernel-table.ts';
import { Recorder } from './recorder.ts';

const NAME = 'mapping-networks-trace';

interface Registered {
  readonly name: string;
  readonly recorder: Recorder;
}

let registered: Registered | undefined;

/** Another copy of this package may have taken the name: two of them share TensorFlow.js in one process. */
const freeName = (): string => {
  let name = NAME;
  for (let copy = 2; tf.findBackendFactory(name) !== null; copy++) name = `${NAME}-${copy}`;
  return name;
};

const register = (): Registered => {
  const name = freeName();
  const recorder = new Recorder();
  // A negative priority: TensorFlow.js must not choose it by itself.
  tf.registerBackend(name, () => recorder, -1);
  for (const [kernelName, kernel] of Object.entries(KERNELS)) {
    tf.registerKernel({
      kernelName,
      backendName: name,
      kernelFunc: ({ inputs, attrs }) => recorder.record(kernel, inputs, attrs),
    });
  }
  return { name, recorder };
};

/** What of TensorFlow.js' engine says which backend is current. */
const CURRENT = ['backendName', 'backendInstance', 'profiler'] as const;

/**
 * Calls `record` while the recording backend is the current one. Afterwards the one before it is again: also where it
 * is still starting, or where there was none, which `tf.setBackend` could not bring back.
 */
export const recording = <T>(builder: Builder, record: (recorder: Recorder) => T): T => {
  registered ??= register();
  const { name, recorder } = registered;
  const engine = tf.engine();
  const before = CURRENT.map((field): unknown => Reflect.get(engine, field));
  const outer = recorder.builder;
  // For a backend whose factory is synchronous, setBackend does all its work before its promise is handed out.
  void tf.setBackend(name);
  recorder.builder = builder;
  try {
    return record(recorder);
  } finally {
    recorder.builder = outer;
    CURRENT.forEach((field, i) => Reflect.set(engine, field, before[i]));
  }
};
