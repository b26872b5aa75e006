// reproduction/README.md, written from the results: no figure in it is typed by hand.
import type { GenerationTime, Outcome } from './outcome.ts';
import { projectionSection } from './projection-section.ts';

const percent = (share: number | undefined): string => (share === undefined ? '–' : (100 * share).toFixed(2));

const row = ({ name, result, peakMb }: Outcome): string =>
  `| ${[
    `[${name}](configs/${name}.json)`,
    result.trainables.toLocaleString('en'),
    `${result.compression.toFixed(1)} ×`,
    result.artifactBytes.toLocaleString('en'),
    result.epochs,
    percent(result.train['accuracy']),
    percent(result.validation['accuracy']),
    percent(result.test['accuracy']),
    (100 * (result.gap ?? 0)).toFixed(2),
    Math.round(result.seconds),
    peakMb,
  ].join(' | ')} |`;

/** The page: every result as a row, what has no result yet, and the comparison of projections. */
export const readme = (
  outcomes: readonly Outcome[],
  configs: readonly string[],
  times: readonly GenerationTime[],
): string => {
  const missing = configs.filter((name) => !outcomes.some((outcome) => outcome.name === name));
  const machines = new Set(
    outcomes.map(({ environment: { cpu, cores, node } }) => `${cpu}, ${cores} cores, Node ${node}`),
  );
  return `# Measured results

Each row is a config in [configs](configs), trained by \`npm run reproduce -- NAME\` through the \`mapnet\` command and kept
in [results](results). One seed, the final epoch; the test split is scored once and chooses nothing. Accuracy in per
cent; the gap is train minus test; bytes are those of the stored bundle; memory is the peak of the whole process,
dataset and evaluation included. Everything that a config leaves out is the library's default.

| config | trainables | compression | bytes | epochs | train | validation | test | gap | seconds | MB |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
${outcomes.map(row).join('\n')}

Measured on: ${[...machines].join('; ')}. Machines are shared: read seconds as an upper bound.
${missing.length > 0 ? `\nNot measured yet: ${missing.join(', ')}.\n` : ''}
${projectionSection(outcomes, times)}`;
};
