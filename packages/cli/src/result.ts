// The object that `mapnet train --json` prints as its last line, as a schema: checked before it is printed, published
// as JSON Schema, and the only definition of the two.
import { z } from 'zod';

const count = z.int().min(1);

const scores = z
  .object({
    loss: z.number().describe('Mean task loss.'),
    accuracy: z.number().min(0).max(1).optional().describe('Share of right predictions; absent for regression.'),
  })
  .catchall(z.number())
  .describe('Means over the whole split, other metrics under their names.');

export const resultSchema = z
  .strictObject({
    run: z.string().describe('The run folder, relative to where the command ran.'),
    target: z.string().describe('Name of the target plugin.'),
    parameterization: z.string().describe('Name of the parameterization plugin.'),
    dataset: z.string().describe('Name of the dataset plugin.'),
    engine: z.string().describe('Name of the engine plugin.'),
    seed: z.int().min(0),
    trainables: count.describe('Numbers that were trained.'),
    targetParameters: count.describe('Parameters of the target network.'),
    compression: z.number().positive().describe('targetParameters / trainables.'),
    artifactBytes: count.describe('Bytes of the bundle: config.json and latent.safetensors.'),
    epochs: count.describe('Epochs that were trained.'),
    seconds: z.number().min(0).describe('Training and evaluation, without loading the dataset.'),
    train: scores,
    validation: scores,
    test: scores,
    fingerprint: z.string().describe('Of the generated parameters; the same on every machine.'),
    config: z.record(z.string(), z.unknown()).describe('The whole config of the run, every default written out.'),
  })
  .meta({
    title: 'Result of mapnet train',
    description: 'The last line of stdout of `mapnet train --json`.',
  });

export type Result = Readonly<z.output<typeof resultSchema>>;
