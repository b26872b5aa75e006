// What came of it, as a Markdown table.
import type { Finished } from './fuzz.ts';

const COLUMNS = [
  'format',
  'hostile',
  'taken',
  'harmless',
  'other',
  'slowest case',
  'largest case',
  'process',
];

const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

const cells = ({ report, peakBytes }: Finished): readonly string[] => {
  const { rejected, equal, other, ...wrong } = report.counts;
  const taken = Object.values(wrong).reduce((sum, count) => sum + count, 0);
  const counts = [rejected + taken, taken, equal, other].map((count) => count.toLocaleString('en-US'));
  const ms = `${Math.round(report.slowestMs)} ms`;
  return [report.format, ...counts, ms, megabytes(report.largestBytes), megabytes(peakBytes)];
};

export const table = (finished: readonly Finished[]): string => {
  const rows = [COLUMNS, ...finished.map(cells)];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(rows[0] ?? []), rule, ...rows.slice(1).map(line)].join('\n');
};
