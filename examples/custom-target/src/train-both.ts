// Trains both networks through a mapping: once from parts passed as values, once by name from a config.
import { crossEntropy, glyphs, mapping, pipeline, train, wasm } from 'mapping-networks';
import { gatedMlp } from './gated-mlp.ts';
import { patchNet } from './patch-net.ts';

export interface Size {
  /** Training examples; a tenth of that many are for validation and test each. */
  readonly examples: number;
  readonly epochs: number;
  readonly latentDim: number;
}

export interface Outcome {
  readonly target: string;
  readonly trainables: number;
  readonly targetParameters: number;
  readonly accuracy: number;
}

/** Parts as values: what the compiler sees is what runs. */
const trainPatchNet = async ({ examples, epochs, latentDim }: Size): Promise<Outcome> => {
  const target = patchNet({ width: 32 });
  const { test } = await train({
    target,
    parameterization: mapping({ latentDim }),
    loss: crossEntropy(),
    dataset: glyphs({ train: examples, validation: examples / 10, test: examples / 10 }),
    engine: wasm(),
    epochs,
    batchSize: 64,
  });
  return outcome(target.name, target.impl.parameters.size, latentDim, test?.['accuracy']);
};

/** The same by name: the plugin is listed once, and configs may then call it. */
const trainGatedMlp = async ({ examples, epochs, latentDim }: Size): Promise<Outcome> => {
  const run = pipeline({
    plugins: [gatedMlp],
    target: { use: 'gatedMlp', width: 48 },
    dataset: { use: 'glyphs', train: examples, validation: examples / 10, test: examples / 10 },
    latentDim,
    epochs,
    batchSize: 64,
  });
  const { test } = await run.train();
  return outcome('gatedMlp', run.parts.target.impl.parameters.size, latentDim, test?.['accuracy']);
};

const outcome = (target: string, targetParameters: number, trainables: number, accuracy = NaN): Outcome => ({
  target,
  trainables,
  targetParameters,
  accuracy,
});

export const trainBoth = async (size: Size): Promise<readonly Outcome[]> => [
  await trainPatchNet(size),
  await trainGatedMlp(size),
];
