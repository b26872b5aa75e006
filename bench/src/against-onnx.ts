// The second half of `npm run bench -- --check`: whole training steps as ONNX models, evaluated by ONNX Runtime and by the
// reference implementation of the standard. A model that only one of them understands as we mean it would show here.
import {
  mapping,
  type CompiledStep,
  type EngineSession,
  type NamedArrays,
  type Part,
} from '@mapping-networks/core';
import { compileToOnnx, encodeModel, type OnnxModel } from '@mapping-networks/graph';
import { mappingLoss } from '@mapping-networks/losses';
import { adam, callback, train } from '@mapping-networks/train';
import { engineOf } from './engines.ts';
import { datasetOf, networkOf, type NetworkName } from './networks.ts';
import { worst } from './relative-error.ts';
import { throughPython } from './through-python.ts';

/** The most that any output may be off, relative to its length as a vector. */
const TOLERANCE = 1e-4;

/** Small batches: NumPy takes minutes for large ones. */
const BATCHES: readonly (readonly [NetworkName, number])[] = [
  ['cnn2', 16],
  ['cnn1', 4],
  ['lstm', 4],
  ['conv-stack', 2],
];

/** A training step, and what it made of some inputs. */
interface Recorded {
  readonly model: OnnxModel;
  readonly inputs: NamedArrays;
  readonly outputs: NamedArrays;
}

/** The engine, telling of each training step that is run on it. */
const recording = (engine: Part<'engine'>, tell: (recorded: Recorded) => void): Part<'engine'> => {
  const open = async (): Promise<EngineSession> => {
    const session = await engine.impl.open();
    const compile: EngineSession['compile'] = (step, signature): CompiledStep => {
      const compiled = session.compile(step, signature);
      if (signature.name !== 'train') return compiled;
      const model = compileToOnnx(step, signature);
      const run = async (inputs: NamedArrays): Promise<NamedArrays> => {
        const outputs = await compiled.run(inputs);
        tell({ model, inputs, outputs });
        return outputs;
      };
      return { ...compiled, run };
    };
    return { ...session, compile };
  };
  return { ...engine, impl: { open } };
};

/** The first training step of a mapped network with the whole mapping loss, on ONNX Runtime. */
const recordStep = async (engine: Part<'engine'>, name: NetworkName, size: number): Promise<Recorded> => {
  const { target, latentDim, loss: task } = networkOf(name);
  const ended = new AbortController();
  let recorded: Recorded | undefined;
  await train({
    target,
    parameterization: mapping({ latentDim }),
    loss: mappingLoss({ task }),
    dataset: datasetOf(networkOf(name), size),
    engine: recording(engine, (step) => {
      recorded = step;
    }),
    optimizer: adam(),
    metrics: [],
    epochs: 1,
    batchSize: size,
    learningRate: 0.01,
    // One step is enough: an aborted run is not scored.
    signal: ended.signal,
    callbacks: [callback({ on: ({ type }) => (type === 'step' ? ended.abort() : undefined) })],
  });
  if (!recorded) throw new Error('Expected a training step to be run.');
  return recorded;
};

/** The outputs of a model by the reference implementation, under the names of the step's outputs. */
const byReference = async (python: string, { model, inputs }: Recorded): Promise<NamedArrays> => {
  const read = picked(
    inputs,
    model.inputs.map(({ name }) => [name, name]),
  );
  const found = await throughPython(python, 'evaluate_onnx.py', encodeModel(model), read);
  return picked(
    found,
    model.outputs.map(({ name, result }) => [name, result]),
  );
};

/** Some of the arrays, under other names. */
const picked = (arrays: NamedArrays, names: readonly (readonly [from: string, to: string])[]): NamedArrays =>
  Object.fromEntries(
    names.flatMap(([from, to]) => {
      const array = arrays[from];
      return array ? [[to, array] as const] : [];
    }),
  );

/** Prints the largest error of each network. @returns whether all are within the tolerance */
export const againstOnnx = async (python: string, only: string | undefined): Promise<boolean> => {
  const rows: object[] = [];
  let fine = true;
  const engine = await engineOf('onnx', 2);
  for (const [network, batch] of BATCHES) {
    if (only !== undefined && network !== only) continue;
    const recorded = await recordStep(engine, network, batch);
    const { name, error } = worst(recorded.outputs, await byReference(python, recorded));
    const outputs = Object.keys(recorded.outputs).length;
    const nodes = recorded.model.nodes.length;
    rows.push({ network, batch, nodes, outputs, 'largest relative error': error.toExponential(1), in: name });
    fine &&= error <= TOLERANCE;
  }
  console.table(rows);
  console.log(
    `${fine ? 'All' : 'Not all'} outputs of ONNX Runtime are within ${TOLERANCE} of the reference.`,
  );
  return fine;
};
