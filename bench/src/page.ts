// bench/README.md, written from the results: no figure in it is typed by hand.
import { EVALUATED, GENERATED, GENERATION_LATENT } from './contestants.ts';
import { goalsOf, memoryAboveIdle, type Goal } from './goals.ts';
import { isBusy } from './machine.ts';
import { FROM_NOTHING, type Measurement, type Results } from './results.ts';

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

/** A table: `|` begins a column of text, `:` one of numbers. */
const table = (
  head: readonly string[],
  alignment: readonly ('left' | 'right')[],
  rows: readonly (readonly (string | number)[])[],
): string =>
  [
    row(head),
    row(alignment.map((side) => (side === 'left' ? '---' : '---:'))),
    ...rows.map((cells) => row(cells)),
  ].join('\n');

/** Ratios from a machine with other work on it prove nothing, either way. */
const verdict = ({ machine }: Results, met: Goal['met']): string => {
  if (met === undefined) return 'not measured';
  if (isBusy(machine)) return 'not judged: the machine was busy';
  return met ? 'met' : 'missed';
};

const goals = (results: Results): string =>
  table(
    ['goal', 'limit', 'measured', ''],
    ['left', 'right', 'right', 'left'],
    goalsOf(results).map(({ text, limit, measured, met }) => [
      text,
      limit,
      measured ?? '–',
      verdict(results, met),
    ]),
  );

const milliseconds = (value: number): string => value.toPrecision(3).replace(/\.?0*e\+?/, 'e');

const number = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : milliseconds(value);

const isGeneration = ({ name }: Measurement): boolean => name.startsWith('generation ');
const isFirst = ({ name }: Measurement): boolean => name.endsWith(FROM_NOTHING);
const isEvaluation = ({ name }: Measurement): boolean => name.endsWith(' evaluation');

const steps = ({ cases }: Results): string => {
  const rows = cases
    .filter((each) => !isGeneration(each) && !isFirst(each) && !isEvaluation(each))
    .map(({ name, engine, threads, minMs, medianMs, peakMb }) => {
      const first = cases.find(
        (each) => each.name === name + FROM_NOTHING && each.engine === engine && each.threads === threads,
      );
      const begins = first ? number(first.minMs) : '–';
      return [name, engine, threads, number(minMs), number(medianMs), begins, number(peakMb)];
    });
  return table(
    ['case', 'engine', 'threads', 'min ms', 'median ms', 'first ms', 'peak MB'],
    ['left', 'left', 'right', 'right', 'right', 'right', 'right'],
    rows,
  );
};

const evaluations = ({ cases }: Results): string =>
  table(
    ['network', 'engine', 'threads', 'images/s', 'median ms', 'peak MB'],
    ['left', 'left', 'right', 'right', 'right', 'right'],
    cases.filter(isEvaluation).map(({ name, engine, threads, minMs, medianMs, peakMb }) => {
      const perSecond = number((1000 * EVALUATED) / minMs);
      return [name.replace(' evaluation', ''), engine, threads, perSecond, number(medianMs), number(peakMb)];
    }),
  );

const generation = (results: Results): string => {
  const rows = GENERATED.flatMap((parameters) =>
    results.cases
      .filter(({ name }) => name === `generation ${parameters}`)
      .map(({ engine, threads, minMs, medianMs }) => {
        const above = memoryAboveIdle(results, parameters, engine, threads);
        return [
          parameters.toLocaleString('en'),
          engine,
          threads,
          number(minMs),
          number(medianMs),
          above === undefined ? '–' : number(above),
        ];
      }),
  );
  return table(
    ['weights', 'engine', 'threads', 'min ms', 'median ms', 'MB above idle'],
    ['right', 'left', 'right', 'right', 'right', 'right'],
    rows,
  );
};

const ratios = (results: Results): string =>
  table(
    ['ratio of minima', ''],
    ['left', 'right'],
    Object.entries(results.ratios).map(([label, value]) => [label, value]),
  );

const where = ({ machine, cases }: Results): string => {
  const { cpu, cores, memoryGb, node, platform, load, torch } = machine;
  if (cases.length === 0) return 'Nothing has been measured yet.';
  return `Measured on: ${cpu}, ${cores} cores, ${memoryGb} GB, ${platform}, Node ${node}, PyTorch ${torch}; load
average ${load} at the start.`;
};

/** The page. */
export const page = (results: Results): string => {
  return `# Benchmark

Written by \`npm run bench\` from [results.json](results.json). Every engine works in a process of its own; they take
turns, so that other load on the machine slows all alike; ratios are of minima. \`onnx\` and \`wasm\` are ours, with the
whole step of the trainer, host work included: batch, weights from the latent, forward, backward, Adam.
\`torch-plain\` is PyTorch training the plain network. Two train a latent through a stored matrix: \`torch-dense\` by
\`z @ W\` with W of d × P, \`torch-matvec\` by \`W @ z\` with W of P × d. Either reads W twice a step.

\`\`\`sh
npm run bench                                # everything; writes this page
npm run bench -- --only cnn2                 # one group: cnn2, cnn1, conv-stack, lstm, generation; prints tables
npm run bench -- --quick                     # two short turns, nothing that takes gigabytes
npm run -s bench -- --only cnn2 --json       # { machine, cases, ratios }; -s keeps npm's own lines out of it
npm run bench -- --check                     # compares gradients instead, see Correctness
\`\`\`

Without a Python that has \`torch\`, PyTorch is left out and a line says so.

${where(results)}

## Goals

${goals(results)}

## Training steps

CNN2 with a latent of 2,048 and CNN1 with 2,072 at batch 128; the conv stack (ResNet-20 at 32×32, 272,474 parameters,
latent 2,048) at batch 64; the LSTM (24 steps of 67 features, 32 hidden, 12,961 parameters, latent 1,024) at batch 128.
\`first\` is the time from nothing (engine not opened, step not compiled) to the first result. \`mapping loss\` has all
terms; \`direct\` trains all parameters instead of a latent; \`mapping alone\` is the map and its gradient.

${steps(results)}

## Evaluation

${EVALUATED.toLocaleString('en')} examples in batches of 256, generation of the weights included.

${evaluations(results)}

## Generation

All weights from a latent of ${GENERATION_LATENT.toLocaleString('en')}, in one array of the caller's, made in chunks. \`canonical\` is the generator whose
bits are the same everywhere. Memory is the peak above that of the same process with ${(GENERATED[0] ?? 0).toLocaleString('en')} weights.

${generation(results)}

## Ratios

${ratios(results)}

## Correctness

\`npm run bench -- --check\` computes loss and gradients of the four networks from the same parameters and batch in PyTorch
(float64) and on our engines, and evaluates whole training steps by the reference implementation of ONNX beside ONNX
Runtime (a Python with \`onnx\` 1.13 or later).
`;
};
