// The thread of ONNX Runtime: does what messages ask for, one after the other, and answers each. Plain JavaScript,
// because a worker starts from a file that Node loads by itself, from sources as well as from the published package.
// worker-thread.ts is the other side.
import { parentPort, workerData as gate } from 'node:worker_threads';
import * as ort from 'onnxruntime-node';

/** Models by number: session, inputs with their places in the buffer of a run, constants, names of outputs. */
const models = new Map();

/** Large constants by number, as models share them. */
const arrays = new Map();

const typed = { float32: Float32Array, int32: Int32Array, int64: BigInt64Array, bool: Uint8Array };

const load = async ({ model, bytes, options, inputs, outputs, constants, added }) => {
  for (const { key, data } of added) arrays.set(key, data);
  const session = await ort.InferenceSession.create(bytes, options);
  const held = constants.map(({ name, dtype, shape, key }) => [
    name,
    new ort.Tensor(dtype, arrays.get(key), shape),
  ]);
  models.set(model, { session, inputs, outputs, held: Object.fromEntries(held) });
  return [{}, []];
};

const run = async ({ model, buffer }) => {
  const { session, inputs, outputs, held } = models.get(model);
  const feeds = { ...held };
  for (const { name, dtype, shape, offset, length } of inputs)
    feeds[name] = new ort.Tensor(dtype, new typed[dtype](buffer, offset, length), shape);
  const results = await session.run(feeds);
  const data = outputs.map((name) => results[name].data);
  // The buffer goes back to be filled again; what came out is given away.
  return [{ buffer, data }, [buffer, ...new Set(data.map((array) => array.buffer))]];
};

const release = async ({ model, dropped }) => {
  const { session } = models.get(model) ?? {};
  models.delete(model);
  for (const key of dropped) arrays.delete(key);
  await session?.release();
  return [{}, []];
};

const close = async () => {
  parentPort.close();
  return [{}, []];
};

const tasks = { load, run, release, close };

/** See exit-gate.ts. Behind a closed gate nothing is begun any more: the process ends. */
const [OPEN, BUSY] = [0, 1];
const enter = () => Atomics.compareExchange(gate, 0, OPEN, BUSY) === OPEN;
const leave = () => {
  Atomics.store(gate, 0, OPEN);
  Atomics.notify(gate, 0);
};

let last = Promise.resolve();
parentPort.on('message', ({ task, id, ...message }) => {
  last = last.then(async () => {
    if (!enter()) return;
    try {
      const [answer, given] = await tasks[task](message);
      parentPort.postMessage({ id, ...answer }, given);
    } catch (cause) {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has no origin
      parentPort.postMessage({ id, error: cause instanceof Error ? cause.message : String(cause) });
    } finally {
      leave();
    }
  });
});
