// `hadamard` against `oneHot` in the page of results: what chose the default projection.
import type { ExperimentStatus } from '../results/status.ts';
import type { SeedResult } from '../results/seed-result.ts';
import type { GenerationTime } from './generation-time.ts';
import { cells, percentText, summaryOf } from './summary.ts';

const row = (result: SeedResult, times: readonly GenerationTime[]): string => {
  const { target, parameterization } = result.config as {
    target: { use: string };
    parameterization: { projection: { use: string } };
  };
  const projection = parameterization.projection.use;
  const time = times.find(
    (each) =>
      each.target === target.use && each.latentDim === result.trainables && each.projection === projection,
  );
  const [step, canonical] = [time?.step, time?.canonical].map((each) =>
    each === undefined ? '–' : `${each.minMs} / ${each.medianMs}`,
  );
  return cells([
    target.use,
    result.trainables,
    result.epochs,
    projection,
    percentText([result.validation?.['accuracy'] ?? Number.NaN]),
    result.validation?.loss.toFixed(4) ?? '–',
    step ?? '–',
    canonical ?? '–',
  ]);
};

/** Validation accuracy from the experiments `projection-…`, times from `npm run reproduce:generation`. */
export const projectionSection = (
  statuses: readonly ExperimentStatus[],
  times: readonly GenerationTime[],
): string => {
  const rows = statuses.flatMap((status) => summaryOf(status).runs.map((run) => row(run, times)));
  return `## \`hadamard\` against \`oneHot\`

Fashion-MNIST, one seed, so that differences of less than a point mean nothing. Accuracy and loss on the validation split. \`step\` is one generation of all weights with its gradient on
the \`wasm\` engine, \`canonical\` one run of the canonical generator; milliseconds, minimum / median of 30, interleaved
(\`npm run reproduce:generation\`).

| target | latent | epochs | projection | validation accuracy | validation loss | step | canonical |
|---|---:|---:|---|---:|---:|---:|---:|
${rows.join('\n')}
`;
};
