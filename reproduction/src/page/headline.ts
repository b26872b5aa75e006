// The table of the repository's README: what a few of the rows come to, between two marks.
import { betweenMarks } from '../../../tools/src/between-marks.ts';
import { markdownTable } from '../../../tools/src/markdown-table.ts';
import type { ExperimentStatus } from '../results/status.ts';
import { accuracyOf, outcomeOf, percentText, summaryOf, type Summary } from './summary.ts';

/** A row: what is said of it, and how its experiments are called after the dataset. */
const rows: readonly (readonly [network: string, name: string])[] = [
  ['CNN2, all weights trained', 'cnn2-direct'],
  ['CNN2 from one latent', 'cnn2-slvt-2048'],
  ['CNN2 from one latent in 8 bits', 'cnn2-slvt-2048-latent-int8'],
  ['CNN2 from one latent in 4 bits', 'cnn2-slvt-2048-latent-int4'],
  ['CNN2 from a latent a layer', 'cnn2-lwt-2688'],
  ['CNN1, all weights trained', 'cnn1-direct'],
  ['CNN1 from one latent', 'cnn1-slvt-2072'],
  ['CNN1 from a latent a layer', 'cnn1-lwt-4078'],
];

const kilobytes = (bytes: number): string =>
  `${(bytes / 1000).toLocaleString('en', { maximumFractionDigits: bytes < 100_000 ? 1 : 0 })} kB`;

const rowOf = (network: string, mnist: Summary, fashion: Summary): readonly string[] => {
  const [run] = [...fashion.runs, ...mnist.runs];
  return [
    network,
    run?.targetParameters.toLocaleString('en') ?? '–',
    run?.trainables.toLocaleString('en') ?? '–',
    run === undefined ? '–' : kilobytes(outcomeOf(run).bytes),
    percentText(mnist.runs.map(accuracyOf)),
    percentText(fashion.runs.map(accuracyOf)),
  ];
};

/** Rows of which all seeds are done: test accuracy in per cent, mean ± standard deviation of several seeds. */
export const headlineTable = (statuses: readonly ExperimentStatus[]): string => {
  const summary = (name: string): Summary => {
    const status = statuses.find(({ experiment }) => experiment.name === name);
    const found = status && summaryOf(status);
    const complete = found?.changes.length === 0 && found.runs.length === found.wanted;
    return complete ? found : { runs: [], changes: [], wanted: 0 };
  };
  const head = ['network', 'weights', 'trained', 'stored', 'MNIST', 'Fashion-MNIST'];
  const lines = rows.map(([network, name]) =>
    rowOf(network, summary(`mnist-${name}`), summary(`fashion-mnist-${name}`)),
  );
  return markdownTable([head, ...lines], { numbersFrom: 1 }).join('\n');
};

/** `readme` with the table between its marks. @throws Error when the marks are not there */
export const withHeadline = (readme: string, statuses: readonly ExperimentStatus[]): string =>
  betweenMarks(readme, { name: 'results', by: 'npm run reproduce' }, headlineTable(statuses));
