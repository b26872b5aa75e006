// The law suite of exporters.
import {
  sizeOf,
  type ArrayTensor,
  type Exporter,
  type ExportedNetwork,
  type Model,
  type Part,
} from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { expectClose, expectFinite, expectSameBits, expectShape, magnitude } from './checks/arrays.ts';
import { withMembers } from './checks/members.ts';
import { aboveLimit, belowLimit, tensorLeak, wrongNames, wrongValue } from './errors.ts';
import { law, type Law } from './law.ts';
import { expectSameModel, snapshot } from './model/same-model.ts';
import { modelOutputs, sampleInputs, sampleModel } from './model/sample-model.ts';

/** What network `exporterLaws` exports, and to what inputs it compares the outputs. */
export interface ExporterLawOptions {
  /** Default: a convolution and two dense layers, 1,148 parameters, trained one by one. */
  readonly model?: Model;
  /** Inputs `[examples, ...inputShape]`, at least two. Default: eight of N(0, 1). */
  readonly inputs?: ArrayTensor;
  /** Seed of the default network and inputs. Default 0. */
  readonly seed?: number;
}

/**
 * What every exporter must keep: tolerances of at least 0; files under plain names, the same bytes for the same network;
 * network and files left as they are; outputs for any batch that are those of the source within the tolerance, each
 * independent of the others; no leaks.
 *
 * @example
 * ```ts
 * import { exporterLaws } from '@mapping-networks/conformance';
 * import { encodeSafetensors, modelParameters, type Part } from '@mapping-networks/core';
 * const weights: Part<'exporter'> = {
 *   kind: 'exporter',
 *   name: 'weights',
 *   options: {},
 *   impl: {
 *     tolerance: {},
 *     write: async (model) => ({ 'weights.safetensors': encodeSafetensors(modelParameters(model)) }),
 *     load: async () => ({ runtime: 'none', run: async (x) => x, dispose: () => {} }),
 *   },
 * };
 * console.log(exporterLaws(weights).map(({ name }) => name));
 * ```
 */
export const exporterLaws = (
  part: Part<'exporter'>,
  { seed = 0, model = sampleModel(seed), inputs = sampleInputs(model, 8, seed) }: ExporterLawOptions = {},
): readonly Law[] => {
  const { impl } = part;
  const written = (): Promise<Files> => impl.write(model, { calibration: inputs });
  const loaded = async (use: (network: ExportedNetwork) => Promise<void>): Promise<void> => {
    const network = await impl.load(await written(), model);
    try {
      await use(network);
    } finally {
      network.dispose();
    }
  };
  const members = { tolerance: 'object', write: 'function', load: 'function' } as const;
  return withMembers<Exporter>(
    'the exporter',
    () => impl,
    members,
    () => [
      law('tolerances are at least 0, that of accuracy at most 1', () => {
        const { output = 0, accuracy = 0 } = impl.tolerance;
        for (const [name, value] of Object.entries({ output, accuracy }))
          if (!(value >= 0)) throw belowLimit(`tolerance.${name}`, 0, value, 'It is a distance.');
        if (accuracy > 1) throw aboveLimit('tolerance.accuracy', 1, accuracy, 'Accuracy lies in [0, 1].');
      }),
      law('it writes files with bytes under plain names', async () => {
        const files = Object.entries(await written());
        if (files.length === 0) throw wrongNames('files', ['at least one'], []);
        for (const [name, bytes] of files) {
          const plain = /^[\w-][\w.-]*$/.test(name);
          if (!plain) throw wrongValue('the name of a file', 'letters, digits, ., _ and -', name, NAMES);
          const full = bytes instanceof Uint8Array && bytes.length > 0;
          if (!full) throw wrongValue(`file '${name}'`, 'bytes, at least one', typeof bytes, NAMES);
        }
      }),
      law('the same network gives the same bytes, and stays as it is', async () => {
        const before = snapshot(model);
        const [one, other] = [await written(), await written()];
        expectSameFiles(other, one);
        expectSameModel('the network given', model, before, 'Copy what you change.');
      }),
      law('outputs are those of the source, within the tolerance', () =>
        loaded(async ({ run, runtime }) => {
          if (runtime.trim() === '')
            throw wrongValue('runtime', 'a name', runtime, 'Say what runs the files.');
          const output = await run(inputs);
          const source = modelOutputs(model, inputs);
          expectShape('outputs', output.shape, source.shape);
          expectFinite('outputs', output.data);
          const { tolerance } = impl;
          if (tolerance.output !== undefined)
            expectClose('outputs', output.data, source.data, Math.max(tolerance.output, 1e-6));
        }),
      ),
      law('any batch: the output of an example does not depend on the others', () =>
        loaded(async ({ run }) => {
          const all = await run(inputs);
          const alone = await run(rows(inputs, 1, 2));
          const size = sizeOf(model.target.impl.outputShape);
          expectShape('outputs of one input', alone.shape, [1, ...model.target.impl.outputShape]);
          const floor = magnitude(all.data);
          expectClose('outputs of one input', alone.data, all.data.subarray(size, 2 * size), 1e-5, floor);
        }),
      ),
      law('loading and running change nothing of the files and the inputs', async () => {
        const [files, x] = [await written(), Float32Array.from(inputs.data)];
        const network = await impl.load(files, model);
        await network.run(inputs);
        network.dispose();
        expectSameFiles(files, await written());
        expectSameBits('inputs', inputs.data, x);
      }),
      law('two loaded at once do not know of each other', () =>
        loaded(async (one) => {
          const before = await one.run(inputs);
          await loaded(async (other) => void (await other.run(rows(inputs, 0, 1))));
          expectSameBits('outputs', (await one.run(inputs)).data, before.data);
        }),
      ),
      law('no tensor is kept', async () => {
        const before = tf.memory().numTensors;
        await loaded(async ({ run }) => void (await run(inputs)));
        const kept = tf.memory().numTensors - before;
        if (kept !== 0) throw tensorLeak('write, load, run and dispose', kept);
      }),
    ],
  );
};

type Files = Readonly<Record<string, Uint8Array>>;

const NAMES = 'Files lie beside each other in a folder that the caller chooses.';

const expectSameFiles = (received: Files, expected: Files): void => {
  const [names, wanted] = [Object.keys(received).toSorted(), Object.keys(expected).toSorted()];
  if (names.join('/') !== wanted.join('/')) throw wrongNames('files', wanted, names);
  for (const name of wanted) expectSameBits(`file '${name}'`, received[name] ?? [], expected[name] ?? []);
};

/** Inputs `from` to `to`, without the last. */
const rows = ({ shape, data }: ArrayTensor, from: number, to: number): ArrayTensor => {
  const size = sizeOf(shape.slice(1));
  return {
    dtype: 'float32',
    shape: [to - from, ...shape.slice(1)],
    data: Float32Array.from(data.subarray(from * size, to * size)),
  };
};
