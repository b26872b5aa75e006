// What an export came to, for people: a line a pass, a line an export.
import { align } from '../align.ts';
import { bytes, count, duration, percent, scores, scoreValue } from '../format.ts';
import { headline } from '../headline.ts';
import { coloursOf, type Output } from '../output.ts';
import { specText } from '../spec-text.ts';
import { say } from '../terminal.ts';
import type { ExportEntry, ExportRecord } from './export-record.ts';

/** Two digits that say something; `11`, `1,560`. */
const small = (value: number): string => {
  if (value === 0) return '0';
  return value < 99.5 ? value.toPrecision(2) : count(Math.round(value));
};

const sizes = (figures: ExportRecord['passes'][number]['after']): readonly string[] => [
  scoreValue(...headline(figures.validation)),
  bytes(figures.weightBytes),
  bytes(figures.bundleBytes),
  percent(figures.sparsity, 1),
];

const passTable = (passes: ExportRecord['passes']): readonly string[] => {
  const [first] = passes;
  if (!first) return [];
  const [name] = headline(first.before.validation);
  const head = ['', `validation ${name}`, 'weights', 'bundle', 'zeros', 'max |Δw|', 'max |Δ output|', 'time'];
  const rows = passes.map(({ pass, after, weights, outputs, seconds }) => [
    pass.use,
    ...sizes(after),
    weights ? small(weights.worst) : 'resized',
    small(outputs.worst),
    duration(seconds),
  ]);
  return align([head, ['trained', ...sizes(first.before)], ...rows], { right: [1, 2, 3, 4, 5, 6, 7] });
};

const milliseconds = (value: number): string => {
  if (value >= 999.5) return duration(value / 1000);
  return `${value < 9.95 ? value.toPrecision(2) : value.toFixed(0)} ms`;
};

const exportRow = ({ name, bytes: size, figures, passed }: ExportEntry): string[] => [
  passed ? name : `${name}: failed`,
  passed ? bytes(size) : '',
  figures ? small(figures.maxDifference) : '',
  figures ? percent(figures.accuracy?.exported ?? figures.agreement) : '',
  figures ? milliseconds(figures.latency.single.median) : '',
  figures ? milliseconds(figures.latency.batch.median) : '',
  figures?.runtime ?? '',
];

const exportTable = (record: Pick<ExportRecord, 'exports'>): readonly string[] => {
  const accuracy = record.exports.find(({ figures }) => figures?.accuracy)?.figures?.accuracy;
  const judged = accuracy ? 'accuracy' : 'same answer';
  const head = ['', 'bytes', 'max |Δ|', judged, '1 input', '128 inputs', 'runtime'];
  const source = accuracy ? [['network', '', '', percent(accuracy.source), '', '', '']] : [];
  return align([head, ...source, ...record.exports.map(exportRow)], { right: [1, 2, 3, 4, 5] });
};

/** What each pass says of itself, for --verbose. */
export const sayDetails = ({ passes }: ExportRecord, output: Output): void => {
  for (const { pass, details } of passes) {
    say(output, specText(pass));
    const rows = Object.entries(details).map(([name, value]) => [
      `  ${name}`,
      typeof value === 'number' && !Number.isInteger(value) ? value.toPrecision(4) : String(value),
    ]);
    for (const line of align(rows)) say(output, line);
  }
};

/** What people are told of an export. */
type Told = Pick<ExportRecord, 'comparedOn' | 'exports' | 'out' | 'passes' | 'test'>;

/** The tables; warnings have been said where they came up. */
export const sayExport = (record: Told, output: Output): void => {
  const { test, comparedOn, passes, out, exports } = record;
  for (const line of passTable(passes)) say(output, line);
  if (test && passes.length > 0)
    say(output, `test split: ${scores(test.before)} before, ${scores(test.after)} after`);
  const examples = `${count(comparedOn.examples)} example${comparedOn.examples === 1 ? '' : 's'}`;
  say(output, `exports, compared on ${examples} of the ${comparedOn.split} split:`);
  for (const line of exportTable(record)) say(output, line);
  const { bold } = coloursOf(output);
  if (exports.some(({ passed }) => passed)) say(output, `wrote ${bold(out)}`);
};
