// The thread of ONNX Runtime: does what messages ask for, one after the other, and answers each. Plain JavaScript,
// because a worker starts from a file that Node loads by itself, from sources as well as from the published package.
// channel.ts is the other side; messages.ts says what goes between them.
// @ts-check
import { parentPort, workerData } from 'node:worker_threads';
import * as ort from 'onnxruntime-node';

/** @import { MessagePort } from 'node:worker_threads' */
/** @import { AddedArray, Answer, LoadQuestion, NumberedAnswer, NumberedQuestion } from './messages.ts' */
/** @import { Place, Question, ReleaseQuestion, RunQuestion } from './messages.ts' */

/**
 * A loaded model, and inputs that are the same in every run.
 *
 * @typedef {Pick<LoadQuestion, 'inputs' | 'outputs'> & {
 *   readonly session: ort.InferenceSession,
 *   readonly held: Readonly<Record<string, ort.Tensor>>,
 * }} Model
 */

/**
 * What is said, and memory that moves with it.
 *
 * @typedef {readonly [answer: Answer, given: readonly ArrayBuffer[]]} Done
 */

/** @type {Map<number, Model>} By number. */
const models = new Map();

/** @type {Map<number, AddedArray['data']>} Large constants by number, as models share them. */
const arrays = new Map();

/** @type {Done} */
const NOTHING = [{}, []];

const typed = {
  bool: Uint8Array,
  float16: Uint16Array,
  float32: Float32Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
};

/** @type {(of: Pick<Place, 'dtype' | 'shape'>, data: unknown) => ort.Tensor} */
const tensor = ({ dtype, shape }, data) => new ort.Tensor(dtype, /** @type {Float32Array} */ (data), shape);

/** @type {(question: LoadQuestion) => Promise<Done>} */
const load = async ({ model, bytes, options, inputs, outputs, constants, added }) => {
  for (const { key, data } of added) arrays.set(key, data);
  const session = await ort.InferenceSession.create(bytes, options);
  const held = constants.map((constant) => [constant.name, tensor(constant, arrays.get(constant.key))]);
  models.set(model, { session, inputs, outputs, held: Object.fromEntries(held) });
  return NOTHING;
};

/** @type {(question: RunQuestion) => Promise<Done>} */
const run = async ({ model, buffer }) => {
  const { session, inputs, outputs, held } = /** @type {Model} */ (models.get(model));
  const feeds = { ...held };
  for (const input of inputs)
    feeds[input.name] = tensor(input, new typed[input.dtype](buffer, input.offset, input.length));
  const results = await session.run(feeds);
  const data = outputs.map((name) => /** @type {ort.TypedTensor<'float32'>} */ (results[name]).data);
  // The buffer goes back to be filled again; what came out is given away.
  return [
    { buffer, data },
    [buffer, ...new Set(data.map((array) => /** @type {ArrayBuffer} */ (array.buffer)))],
  ];
};

/** @type {(question: ReleaseQuestion) => Promise<Done>} */
const release = async ({ model, dropped }) => {
  const { session } = models.get(model) ?? {};
  models.delete(model);
  for (const key of dropped) arrays.delete(key);
  await session?.release();
  return NOTHING;
};

const port = /** @type {MessagePort} */ (parentPort);

/** @type {(question: Question) => Done | Promise<Done>} */
const answerTo = (question) => {
  switch (question.task) {
    case 'load':
      return load(question);
    case 'run':
      return run(question);
    case 'release':
      return release(question);
    case 'close':
      port.close();
      return NOTHING;
  }
};

// See exit-gate.ts. Behind a closed gate nothing is begun any more: the process ends.
/** @type {Int32Array<SharedArrayBuffer>} */
const gate = workerData;
const [OPEN, BUSY] = /** @type {const} */ ([0, 1]);
const enter = () => Atomics.compareExchange(gate, 0, OPEN, BUSY) === OPEN;
const leave = () => {
  Atomics.store(gate, 0, OPEN);
  Atomics.notify(gate, 0);
};

/** @type {(answer: NumberedAnswer, given?: readonly ArrayBuffer[]) => void} */
const send = (answer, given = []) => port.postMessage(answer, given);

/** @type {Promise<void>} */
let last = Promise.resolve();
port.on('message', (/** @type {NumberedQuestion} */ { id, ...question }) => {
  last = last.then(async () => {
    if (!enter()) return;
    try {
      const [answer, given] = await answerTo(question);
      send({ id, ...answer }, given);
    } catch (cause) {
      send({ id, error: cause instanceof Error ? cause.message : String(cause) });
    } finally {
      leave();
    }
  });
});
