// The add-ons of the paper, low rank and pruning; and what fewer bits cost.
import type { ExperimentStatus } from '../results/status.ts';
import type { SeedResult } from '../results/seed-result.ts';
import type { Places } from './places.ts';
import { accuracyOf, cells, median, outcomeOf, percentText, spreadOf, summaryOf } from './summary.ts';

/** Parameters that a trained network has, or that pruning left. */
const parametersOf = ({ targetParameters, compressed }: SeedResult): number =>
  compressed?.nonZero ?? targetParameters;

const link = ({ experiment: { name } }: ExperimentStatus, runs: readonly SeedResult[]): string =>
  runs.length > 0 ? `[${name}](results/${name})` : name;

const number = (values: readonly number[]): string => median(values)?.toLocaleString('en') ?? '–';

const seedsText = (runs: readonly SeedResult[], wanted: number): string =>
  runs.length === wanted ? String(wanted) : `${runs.length} of ${wanted}`;

const addOnRow = (status: ExperimentStatus, places: Places): string => {
  const { runs, changes, wanted } = summaryOf(status);
  const { paper, reproduction } = status.experiment.published ?? {};
  return cells([
    link(status, runs),
    number(runs.map(({ trainables }) => trainables)),
    number(runs.map(parametersOf)),
    paper?.toFixed(2) ?? '–',
    reproduction?.toFixed(2) ?? '–',
    `${percentText(runs.map(accuracyOf))}${changes.length > 0 ? ' †' : ''}`,
    seedsText(runs, wanted),
    number(runs.map(({ seconds, compressed }) => seconds + (compressed?.seconds ?? 0))),
    places.of(runs),
  ]);
};

/** `−0.12 ± 0.05` points: compressed minus trained, seed by seed. */
const changeText = (runs: readonly SeedResult[]): string => {
  if (runs.length === 0) return '–';
  const points = runs.map((run) => 100 * (accuracyOf(run) - (run.test['accuracy'] ?? Number.NaN)));
  const { mean, std = 0 } = spreadOf(points);
  return `${mean.toFixed(2)} ± ${std.toFixed(2)}`.replace('-', '−');
};

const bitsRow = (status: ExperimentStatus): string => {
  const { runs, changes, wanted } = summaryOf(status);
  return cells([
    link(status, runs),
    percentText(runs.map(({ test }) => test['accuracy'] ?? Number.NaN)),
    `${percentText(runs.map(accuracyOf))}${changes.length > 0 ? ' †' : ''}`,
    changeText(runs),
    number(runs.map(({ bytes }) => bytes)),
    number(runs.map((run) => outcomeOf(run).bytes)),
    seedsText(runs, wanted),
  ]);
};

const notes = (statuses: readonly ExperimentStatus[]): string => {
  const changes = new Set(statuses.flatMap((status) => summaryOf(status).changes));
  return changes.size === 0 ? '' : `\n† Made before its config changed: ${[...changes].join('; ')}.\n`;
};

/** Both sections with their tables. */
export const addOnSection = (
  addOns: readonly ExperimentStatus[],
  fewerBits: readonly ExperimentStatus[],
  places: Places,
): string => `## Low rank and pruning

CNN2 for 20 epochs, as in the rows above. **lrd**: its 800 × 128 matrix is generated as a product of rank 32. **prune**: of
the trained network the 10 % of all parameters with the largest magnitude are kept, biases counted, and what is trained,
all parameters or the latent, is trained on for 10 epochs under this mask. **trained**: numbers that are trained.
**parameters**: those of the network that are not 0.

| row | trained | parameters | paper | reproduction | ours | seeds | seconds | where |
|---|---:|---:|---:|---:|---:|---:|---:|---|
${addOns.map((status) => addOnRow(status, places)).join('\n')}
${notes(addOns)}
## Fewer bits

The trained latents of 2,048 numbers, and the weights that they make, in fewer bits, without training on but where a row
prunes. **int8**, **int4**: the weights of kernels on a symmetric grid, one a channel; **latent**: the latent itself.
**change** in points, seed by seed; **bytes** of the stored bundle, before and after.

| row | trained | made smaller | change | bytes before | bytes | seeds |
|---|---:|---:|---:|---:|---:|---:|
${fewerBits.map(bitsRow).join('\n')}
${notes(fewerBits)}`;
