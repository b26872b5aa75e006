// `mapnet eval`: a run, measured again.
import { count, scores } from '../format.ts';
import { requireExamples } from '../require-examples.ts';
import { details, say, words, type Terminal } from '../terminal.ts';
import { timed } from '../timed.ts';
import { openTrainedRun, type TrainedRunOptions } from '../trained-run.ts';
import { asUsage } from '../usage-error.ts';

export interface EvalOptions extends TrainedRunOptions {
  readonly split: 'train' | 'validation' | 'test';
}

/** @throws CLI_NO_DATASET, CLI_NO_CHECKPOINT, CLI_EMPTY_SPLIT and what loading a bundle or a dataset throws */
export const evaluateRun = async (run: string, options: EvalOptions, terminal: Terminal): Promise<void> => {
  const { model, step, pipeline } = await openTrainedRun(run, options, terminal);
  const text = words(terminal, options);
  const more = details(terminal, options);
  const load = () => pipeline.load({ onProgress: (line) => say(text, line) });
  const data = await timed(more, 'loading data', load);
  await asUsage(() => requireExamples(data, options.split));
  const measured = await timed(more, 'scoring', () => pipeline.evaluate(model, options.split));
  const { size } = data[options.split];
  if (options.json) {
    const at = step === undefined ? {} : { checkpoint: options.checkpoint, step };
    const dataset = pipeline.record.dataset.use;
    const answer = { run, ...at, dataset, split: options.split, examples: size, scores: measured };
    say(terminal.stdout, JSON.stringify(answer));
  } else {
    const of = step === undefined ? '' : `, checkpoint of step ${count(step)}`;
    const where = `${data.info.title}, ${options.split} split (${count(size)} examples)${of}`;
    say(terminal.stdout, `${where}: ${scores(measured)}`);
  }
};
