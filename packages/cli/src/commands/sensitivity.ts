// `mapnet sensitivity`: how much of each layer of a run can be pruned before its score suffers, as a table and a picture.
import { modelFingerprint } from '@mapping-networks/core';
import { sensitivity } from '@mapping-networks/prune';
import { sensitivityChart } from '@mapping-networks/report';
import { passContext } from 'mapping-networks';
import { join, resolve } from 'node:path';
import { headline } from '../headline.ts';
import { SENSITIVITY } from '../run-folder/files.ts';
import { checkChartFile, writeChart } from '../sensitivity/chart-file.ts';
import { saySensitivity } from '../sensitivity/say-sensitivity.ts';
import { checkedSensitivity, type SensitivityResult } from '../sensitivity/sensitivity-result.ts';
import { details, say, words, type Terminal } from '../terminal.ts';
import { timed } from '../timed.ts';
import { openTrainedRun, type TrainedRunOptions } from '../trained-run.ts';
import { interruptible } from '../training/interruptible.ts';
import { asUsage } from '../usage-error.ts';

export interface SensitivityCommandOptions extends TrainedRunOptions {
  readonly sparsities?: readonly number[] | undefined;
  readonly scope: 'layer' | 'tensor';
  readonly out?: string | undefined;
  readonly force?: true | undefined;
}

/** With --json a chart is written only where --out says, as a page by `mapnet report`. */
const chartPath = (run: string, { out, json }: SensitivityCommandOptions): string | undefined =>
  out ?? (json ? undefined : join(run, SENSITIVITY));

/** @throws UsageError for a file that is not to be replaced, Interrupted on Ctrl-C, and what scoring throws */
export const scanSensitivity = async (
  run: string,
  options: SensitivityCommandOptions,
  terminal: Terminal,
): Promise<void> => {
  const { model, step, pipeline } = await openTrainedRun(run, options, terminal);
  const out = chartPath(run, options);
  const file = out === undefined ? undefined : resolve(terminal.folder, out);
  if (out !== undefined && file !== undefined)
    await asUsage(() => checkChartFile(file, out, options.force === true));
  const text = words(terminal, options);
  const more = details(terminal, options);
  const work = async (signal: AbortSignal): Promise<SensitivityResult> => {
    const load = () => pipeline.load({ signal, onProgress: (line) => say(text, line) });
    const splits = await timed(more, 'loading data', load);
    const { batchSize } = pipeline.settings;
    const tell = (line: string): void => say(text, line);
    const scoring = passContext({ ...pipeline.parts, splits, batchSize, signal, say: tell });
    const context = {
      evaluate: (pruned: typeof model) => {
        signal.throwIfAborted();
        return scoring.evaluate(pruned);
      },
      say: tell,
    };
    const { scope, sparsities, checkpoint } = options;
    const scan = () => sensitivity(model, context, { scope, ...(sparsities && { sparsities }) });
    const { baseline, layers } = await timed(more, 'scanning', scan).finally(scoring.dispose);
    const judged = await scoring.judgedOn();
    signal.throwIfAborted();
    const [metric] = headline(baseline);
    if (out !== undefined && file !== undefined)
      await writeChart(file, out, sensitivityChart({ baseline, layers }, metric));
    return checkedSensitivity({
      run,
      ...(checkpoint && step !== undefined && { checkpoint, step }),
      dataset: pipeline.record.dataset,
      fingerprint: modelFingerprint(model),
      scope,
      ...judged,
      metric,
      baseline,
      layers,
      ...(out !== undefined && { out }),
    });
  };
  const result = await interruptible(({ signal }) => work(signal), 'interrupted; no chart was written');
  if (options.json) say(terminal.stdout, JSON.stringify(result));
  saySensitivity(result, text);
};
