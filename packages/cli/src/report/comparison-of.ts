// Several runs, gathered for comparison: figures and curves, without predicting anything and, where their logs allow it,
// without loading their data.
import type { ComparedRun, ComparisonData } from '@mapping-networks/report';
import { isUnfinished, progressText, scoresOf, sizesOf } from './facts.ts';
import { stepPoints, stepsPerEpoch } from './log-points.ts';
import type { RunSource } from './run-source.ts';

/** Steps of an epoch: told by a run that ended, or that reached its second epoch; else counted from the data. */
const perEpochOf = async ({ log, record, pipeline }: RunSource): Promise<number> => {
  const last = log.at(-1);
  if (!last || last.step === 0) return 1;
  if (last.epoch > 1) return stepsPerEpoch(log, last.step);
  if (record && record.history.length === 1) return last.step;
  // A batch is never larger than the split.
  return Math.max(1, Math.floor((await pipeline.load()).train.size / pipeline.settings.batchSize));
};

/** One run of a comparison. */
export const comparedRun = async (source: RunSource): Promise<ComparedRun> => {
  const { path, pipeline, record, standing, bytes, log } = source;
  const { dataset, metrics } = pipeline.parts;
  const { name, title, task } = dataset.impl.info;
  const [metric] = metrics;
  const seconds = record?.result.seconds ?? standing?.seconds;
  const gap = record?.result.gap;
  return {
    name: path,
    config: { ...pipeline.record },
    dataset: { name, title, task },
    ...(metric && { metric: { name: metric.name, better: metric.impl.better } }),
    ...(isUnfinished(source) && { unfinished: progressText(source) }),
    ...sizesOf(source),
    ...(bytes !== undefined && { bytes }),
    ...(seconds !== undefined && { seconds }),
    scores: scoresOf(source),
    ...(gap !== undefined && { gap }),
    steps: stepPoints(log, await perEpochOf(source)),
    epochs: record?.history ?? standing?.history ?? [],
  };
};

/** All runs, in the order in which they were named. */
export const comparisonOf = async (sources: readonly RunSource[]): Promise<ComparisonData> => ({
  title: `Comparison of ${sources.length} runs`,
  runs: await Promise.all(sources.map(comparedRun)),
});
