// One trial in a process of its own: the argument is JSON, the scores go to file descriptor 3. The test split is taken
// away before training begins: nothing here could choose by it.
import type { Scores, Split } from '@mapping-networks/core';
import { callback, evaluate, pipelineFrom, registryOf, train, type DatasetSplits } from 'mapping-networks';
import { writeSync } from 'node:fs';
import type { Json } from '../experiments/experiment.ts';
import { runningAverages } from './averages.ts';
import { tuningPlugins } from './plugins/all.ts';

export interface TrialOrder {
  readonly config: Json;
  readonly averages: readonly number[];
}

export interface TrialScores {
  /** Of the last step. */
  readonly validation: Scores;
  /** Of the running averages, by decay. */
  readonly averaged: Readonly<Record<string, Scores>>;
  /** Validation accuracy after each epoch. */
  readonly curve: readonly number[];
  readonly seconds: number;
  readonly engine: string;
}

const none: Split = { size: 0, batch: () => ({ size: 0, x: new Float32Array(0), y: new Int32Array(0) }) };

export const withoutTest = (splits: DatasetSplits): DatasetSplits => ({ ...splits, test: none });

/** Trains, and scores on validation alone. */
export const runTrial = async (
  { config, averages }: TrialOrder,
  say: (line: string) => void = () => {},
): Promise<TrialScores> => {
  const { parts, settings, load } = pipelineFrom(config, registryOf(tuningPlugins));
  const splits = withoutTest(await load());
  const average = runningAverages(averages);
  const watch = callback({
    name: 'averages',
    on: (event) => {
      if (event.type === 'step' && averages.length > 0) average.add(event.trainables);
      if (event.type === 'epoch')
        say(`epoch ${event.record.epoch} ${JSON.stringify(event.record.validation)}`);
    },
  });
  const result = await train({ ...parts, ...settings, splits, trainScoreLimit: 0, callbacks: [watch] });
  if (!result.validation || result.test) throw new Error('Expected scores of validation, and none of test.');
  const averaged: Record<string, Scores> = {};
  for (const [decay, trainables] of average.values()) {
    const { loss, engine, metrics } = parts;
    const model = { ...result.model, trainables };
    averaged[decay] = await evaluate({ model, split: splits.validation, loss, engine, metrics });
  }
  return {
    validation: result.validation,
    averaged,
    curve: result.history.map(({ validation }) => validation?.['accuracy'] ?? Number.NaN),
    seconds: Math.round(result.seconds),
    engine: result.engine,
  };
};

if (process.argv[1] === import.meta.filename) {
  writeSync(
    3,
    JSON.stringify(await runTrial(JSON.parse(process.argv[2] ?? ''), (line) => console.log(line))),
  );
}
