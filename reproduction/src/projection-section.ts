// `hadamard` against `oneHot` in the page of results: what chose the default projection.
import type { GenerationTime, Outcome } from './outcome.ts';

const PREFIX = 'projection-';

/** Validation accuracy from the configs `projection-…`, times from `npm run reproduce:generation`. */
export const projectionSection = (outcomes: readonly Outcome[], times: readonly GenerationTime[]): string => {
  const rows = outcomes
    .filter(({ name }) => name.startsWith(PREFIX))
    .map(({ result }) => {
      const { projection } = result.config['parameterization'] as { projection: { use: string } };
      const time = times.find(
        (each) =>
          each.target === result.target &&
          each.latentDim === result.trainables &&
          each.projection === projection.use,
      );
      const accuracy = (100 * (result.validation['accuracy'] ?? Number.NaN)).toFixed(2);
      const loss = result.validation.loss.toFixed(4);
      const [step, canonical] = [time?.step, time?.canonical].map(
        (each) => `${each?.minMs} / ${each?.medianMs}`,
      );
      return `| ${[result.target, result.trainables, result.epochs, projection.use, accuracy, loss, step, canonical].join(' | ')} |`;
    });
  return `## \`hadamard\` against \`oneHot\`

Fashion-MNIST, one seed, so that differences of less than a point mean nothing: a second seed reversed the order on CNN1.
Accuracy and loss on the validation split. \`step\` is one generation of all weights with its gradient on
the \`wasm\` engine, \`canonical\` one run of the canonical generator; milliseconds, minimum / median of 30, interleaved
(\`npm run reproduce:generation\`).

| target | latent | epochs | projection | validation accuracy | validation loss | step | canonical |
|---|---:|---:|---|---:|---:|---:|---:|
${rows.join('\n')}
`;
};
