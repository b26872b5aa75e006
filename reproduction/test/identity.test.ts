// What tells one experiment from another: the numbers that decide, not where or from which seed it is run.
import { describe, expect, it } from 'vitest';
import { differences, identityOf } from '../src/results/identity.ts';
import { normalized } from '../src/tuning/plugins/normalized.ts';
import { rescaled } from '../src/tuning/plugins/rescaled.ts';

const config = { target: { use: 'mlp', hidden: [8] }, dataset: 'glyphs', latentDim: 32 };
const identity = identityOf(config);

describe('identityOf', () => {
  it.each([
    { seed: 7 },
    { engine: 'cpu' },
    { checkpointEvery: 5 },
    { validateEvery: 2 },
    { evaluationBatchSize: 64 },
    { epochs: 4 },
  ])('is the same with %o, which decides no number or is the default', (more) => {
    expect(identityOf({ ...config, ...more })).toEqual(identity);
  });

  it.each([{ learningRate: 0.1 }, { epochs: 5 }, { optimizer: { beta2: 0.99 } }, { latentDim: 33 }])(
    'is another one with %o',
    (more) => {
      expect(identityOf({ ...config, ...more }).hash).not.toBe(identity.hash);
    },
  );

  it('sees what no option shows: the network at the first step, and how inputs are normalised', () => {
    const plugins = [rescaled, normalized];
    const plain = identityOf({ ...config, target: { use: 'rescaled', target: config.target } }, plugins);
    expect(plain.start).toBe(identity.start);
    const wider = { use: 'rescaled', target: config.target, bias: 2 };
    expect(identityOf({ ...config, target: wider }, plugins).start).not.toBe(identity.start);
    const dataset = { use: 'normalized', dataset: 'glyphs', mean: -1, std: 2 };
    expect(identityOf({ ...config, dataset }, plugins).inputs).toEqual({ scale: 255, mean: 0, std: 1 });
    expect(identity.inputs).toEqual({ scale: 255, mean: 0.5, std: 0.5 });
  });
});

describe('differences', () => {
  it('names every value that is another one', () => {
    const other = identityOf({ ...config, optimizer: { use: 'adamW', beta2: 0.99 }, epochs: 5 });
    expect(differences(identity, other)).toEqual([
      'optimizer.beta2 was 0.999, is 0.99',
      'epochs was 4, is 5',
    ]);
    expect(differences(identity, identity)).toEqual([]);
  });

  it('names what is there on one side only, and another start', () => {
    const found = differences(identity, identityOf({ ...config, optimizer: 'sgd', latentDim: 33 }));
    expect(found).toEqual(
      expect.arrayContaining([
        'parameterization.latentDim was 32, is 33',
        'optimizer.use was "adamW", is "sgd"',
        'optimizer.beta1 was 0.9, is not there',
        'the network at the first step is another one',
      ]),
    );
  });
});
