// Short runs with default options: size, memory and time beside accuracy.
import type { SeedResult } from '../results/seed-result.ts';
import type { ExperimentStatus } from '../results/status.ts';
import type { Places } from './places.ts';
import { cells, percentText, summaryOf } from './summary.ts';

const row = (result: SeedResult, mark: string, places: Places): string =>
  cells([
    `[${result.name}](results/${result.name})${mark}`,
    result.trainables.toLocaleString('en'),
    `${(result.targetParameters / result.trainables).toFixed(1)} ×`,
    result.bytes.toLocaleString('en'),
    result.epochs,
    ...(['train', 'validation', 'test'] as const).map((split) =>
      percentText([result[split]?.['accuracy'] ?? Number.NaN]),
    ),
    percentText([result.gap]),
    result.seconds,
    result.peakMb ?? '–',
    places.of([result]),
  ]);

const rows = (status: ExperimentStatus, places: Places): readonly string[] => {
  const { runs, changes } = summaryOf(status);
  return runs.map((run) => row(run, changes.length > 0 ? ' †' : '', places));
};

/** The section with its table. */
export const shortSection = (statuses: readonly ExperimentStatus[], places: Places): string => {
  const missing = statuses.flatMap((status) =>
    summaryOf(status).runs.length === 0 ? [status.experiment.name] : [],
  );
  const changes = new Set(statuses.flatMap((status) => summaryOf(status).changes));
  return `## Short runs

What the defaults give in a few epochs, one seed; with two baselines. **bytes** are those of the stored bundle, **MB** the
peak of the whole process, dataset and evaluation included.

| run | trainables | compression | bytes | epochs | train | validation | test | gap | seconds | MB | where |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|
${statuses.flatMap((status) => rows(status, places)).join('\n')}
${missing.length > 0 ? `\nNot run yet: ${missing.join(', ')}.\n` : ''}${
    changes.size > 0 ? `\n† Trained before its config changed: ${[...changes].join('; ')}.\n` : ''
  }`;
};
