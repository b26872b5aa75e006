// The rows of the paper: what it says, what the best independent reproduction found, what we found.
import type { Json } from '../experiments/experiment.ts';
import type { ExperimentStatus } from '../results/status.ts';
import type { Places } from './places.ts';
import { cells, median, percentText, scores, summaryOf } from './summary.ts';

const row = (status: ExperimentStatus, places: Places): string => {
  const { experiment } = status;
  const summary = summaryOf(status);
  const { runs, changes, wanted } = summary;
  const { paper, paperElsewhere, reproduction } = experiment.published ?? {};
  const figures = [paper, paperElsewhere].filter((figure) => figure !== undefined);
  const mark = changes.length > 0 ? ' †' : '';
  return cells([
    runs.length > 0 ? `[${experiment.name}](results/${experiment.name})` : experiment.name,
    String(experiment.config['epochs']),
    figures.map((figure) => figure.toFixed(2)).join(' or '),
    reproduction?.toFixed(2) ?? '–',
    `${percentText(scores(summary, 'test'))}${mark}`,
    runs.length === wanted ? wanted : `${runs.length} of ${wanted}`,
    percentText(runs.map(({ gap }) => gap)),
    median(runs.map(({ seconds }) => seconds)) ?? '–',
    places.of(runs),
  ]);
};

const isTree = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `adam (beta1 0.9, beta2 0.999)`. */
const specText = (spec: unknown): string => {
  if (!isTree(spec)) return JSON.stringify(spec);
  const { use, ...options } = spec;
  const listed = Object.entries(options).map(([name, value]) => `${name} ${specText(value)}`);
  return listed.length === 0 ? String(use) : `${String(use)} (${listed.join(', ')})`;
};

const at = (config: Json, ...path: readonly string[]): unknown =>
  path.reduce((tree: unknown, key) => (isTree(tree) ? tree[key] : undefined), config);

/** `in [−1, 1]`: bytes, normalised. */
const pixels = (statuses: readonly ExperimentStatus[]): string => {
  const ranges = statuses.map(({ identity: { inputs } }) => {
    const [low, high] = [0, 255].map((raw) =>
      Number(((raw / inputs.scale - inputs.mean) / inputs.std).toFixed(2)),
    );
    return `in [${low}, ${high}]`.replace('-', '−');
  });
  return [...new Set(ranges)].join(' or ');
};

/** What all rows have in common, from the configs themselves. */
const settings = (statuses: readonly ExperimentStatus[]): string => {
  const configs = statuses.map(({ identity }) => identity.config);
  const common = (...path: readonly string[]): string => {
    const found = configs.map((config) => at(config, ...path)).filter((value) => value !== undefined);
    return [...new Set(found.map((value) => (typeof value === 'string' ? value : specText(value))))].join(
      ' or ',
    );
  };
  const silent = 'not disclosed';
  return [
    cells(['setting', 'paper', 'ours']),
    cells(['---', '---', '---']),
    cells([
      'W',
      'P × d numbers, orthogonally initialised',
      `${common('parameterization', 'projection')}, never stored`,
    ]),
    cells(['σ', silent, common('parameterization', 'activation', 'type')]),
    cells(['modulation', 'additive, α not disclosed', common('parameterization', 'modulation', 'type')]),
    cells(['latent at the start', silent, 'N(0, 1)']),
    cells(['latent dimensions of layers (LWT)', silent, common('parameterization', 'allocation')]),
    cells(['loss', 'task, stability, smoothness, alignment; weights trained', common('loss')]),
    cells(['optimizer', silent, common('optimizer')]),
    cells(['learning rate', silent, `${common('learningRate')} (direct or latent), ${common('schedule')}`]),
    cells(['batch, epochs', silent, `${common('batchSize')}; epochs as in the table`]),
    cells(['inputs', silent, pixels(statuses)]),
    cells(['training images', silent, `60,000, ${common('dataset', 'validation')} held out`]),
    cells(['reported epoch', silent, 'the last']),
  ].join('\n');
};

const notes = (statuses: readonly ExperimentStatus[]): string => {
  const changes = new Set(statuses.flatMap((status) => summaryOf(status).changes));
  if (changes.size === 0) return '';
  return `\n† Trained before its config changed: ${[...changes].join('; ')}.\n`;
};

/** The section with its tables. */
export const paperSection = (statuses: readonly ExperimentStatus[], places: Places): string => {
  const table = statuses.map((status) => row(status, places)).join('\n');
  return `## The paper's rows

Test accuracy in per cent. **paper**: Sen & Mukherjee, _Mapping Networks_, CVPR 2026 (arXiv 2602.19134); "or" where two of
its tables differ. **reproduction**: the best independent reproduction that we know of, one seed, its best epoch chosen on
the test split. **ours**: the last epoch; the test split is scored once and chooses nothing; mean ± standard deviation
(n − 1) over seeds 0, 1, … **gap**: train minus test. **seconds**: of one run, the median. A row sets its
target, what is trained, dataset and epochs, and holds no training images out; all else is the library's default, the
same in every row, chosen on images held out of the training split ([tuning](tuning/README.md)).

| row | epochs | paper | reproduction | ours | seeds | gap | seconds | where |
|---|---:|---:|---:|---:|---:|---:|---:|---|
${table}
${notes(statuses)}
The paper's protocol is not known well enough to be repeated. What differs, or may:

${settings(statuses)}
`;
};
