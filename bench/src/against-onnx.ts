// The second half of `npm run bench -- --check`: whole training steps as ONNX models, evaluated by ONNX Runtime and by the
// reference implementation of the standard. A model that only one of them understands as we mean it would show here.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  decodeSafetensors,
  encodeSafetensors,
  mapping,
  type CompiledStep,
  type EngineSession,
  type NamedArrays,
} from '@mapping-networks/core';
import { compileToOnnx, encodeModel, type OnnxModel } from '@mapping-networks/graph';
import { mappingLoss } from '@mapping-networks/losses';
import { adam } from '@mapping-networks/train';
import { batchSpecOf } from '../../packages/train/src/step/batch-spec.ts';
import type { StepParts } from '../../packages/train/src/step/build-step.ts';
import { compileStep } from '../../packages/train/src/step/compile-step.ts';
import { mapConstants, regularizerConstants } from '../../packages/train/src/step/frozen.ts';
import { initialState } from '../../packages/train/src/step/state.ts';
import { engineOf } from './engines.ts';
import { datasetOf, networkOf, type NetworkName } from './networks.ts';
import { worst } from './relative-error.ts';

/** The most that any output may be off, relative to its length as a vector. */
const TOLERANCE = 1e-4;

/** Small batches: NumPy takes minutes for large ones. */
const BATCHES: readonly (readonly [NetworkName, number])[] = [
  ['cnn2', 16],
  ['cnn1', 4],
  ['lstm', 4],
  ['conv-stack', 2],
];

interface Recorded {
  readonly model: OnnxModel;
  readonly inputs: NamedArrays;
  readonly outputs: NamedArrays;
}

/** The first training step of a mapped network with the whole mapping loss, on ONNX Runtime, and what it was made of. */
const recordStep = async (session: EngineSession, name: NetworkName, size: number): Promise<Recorded> => {
  const network = networkOf(name);
  const target = network.target.impl;
  const map = mapping({ latentDim: network.latentDim }).impl.bind(target.parameters);
  const loss = mappingLoss({ task: network.loss }).impl;
  const parts: StepParts = { target, map, loss, optimizer: adam().impl, metrics: {} };
  const { train } = await datasetOf(network, size).impl.load();
  const state = initialState(parts, 0);
  let model: OnnxModel | undefined;
  let inputs: NamedArrays = {};
  const recording: Pick<EngineSession, 'compile'> = {
    compile: (step, signature): CompiledStep => {
      model = compileToOnnx(step, signature);
      const { run, dispose } = session.compile(step, signature);
      const watched = (given: NamedArrays): Promise<NamedArrays> => {
        inputs = given;
        return run(given);
      };
      return { run: watched, dispose };
    },
  };
  const step = compileStep({ ...session, ...recording }, parts, {
    seed: 0,
    batchSize: size,
    batch: batchSpecOf(target, train),
    frozen: { ...mapConstants(map), ...regularizerConstants(map, loss) },
    state,
  });
  const all = Int32Array.from({ length: size }, (_, index) => index);
  const { outputs } = await step(state, step.inputs(0, train.batch(all)), 0.01);
  if (!model) throw new Error('Expected the step to be compiled.');
  return { model, inputs, outputs };
};

/** The outputs of a model by the reference implementation, under the names of the step's outputs. */
const byReference = async (python: string, { model, inputs }: Recorded): Promise<NamedArrays> => {
  const folder = await mkdtemp(join(tmpdir(), 'against-onnx-'));
  try {
    const [file, given, found] = ['step.onnx', 'in', 'out'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    await writeFile(file, encodeModel(model));
    const read = model.inputs.flatMap(({ name }) => {
      const array = inputs[name];
      return array ? [[name, array] as const] : [];
    });
    await writeFile(given, encodeSafetensors(Object.fromEntries(read)));
    const program = join(import.meta.dirname, '../python/evaluate_onnx.py');
    await promisify(execFile)(python, ['-B', program, file, given, found]);
    const results = decodeSafetensors(await readFile(found));
    return Object.fromEntries(
      model.outputs.flatMap(({ name, result }) => {
        const array = results[name];
        return array ? [[result, array] as const] : [];
      }),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
};

/** Prints the largest error of each network. @returns whether all are within the tolerance */
export const againstOnnx = async (python: string, only: string | undefined): Promise<boolean> => {
  const rows: object[] = [];
  let fine = true;
  const session = await (await engineOf('onnx', 2)).impl.open();
  try {
    for (const [network, batch] of BATCHES) {
      if (only !== undefined && network !== only) continue;
      const recorded = await recordStep(session, network, batch);
      const { name, error } = worst(recorded.outputs, await byReference(python, recorded));
      const outputs = Object.keys(recorded.outputs).length;
      const nodes = recorded.model.nodes.length;
      rows.push({
        network,
        batch,
        nodes,
        outputs,
        'largest relative error': error.toExponential(1),
        in: name,
      });
      fine &&= error <= TOLERANCE;
    }
  } finally {
    session.dispose();
  }
  console.table(rows);
  console.log(
    `${fine ? 'All' : 'Not all'} outputs of ONNX Runtime are within ${TOLERANCE} of the reference.`,
  );
  return fine;
};
