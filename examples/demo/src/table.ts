// The table at the end, for the terminal and for the report.
import type { ReportTable } from '@mapping-networks/report';
import type { Row } from './train-row.ts';

const space = '\u00A0';

export const count = (value: number): string => value.toLocaleString('en-US');
export const percent = (share: number): string => `${(share * 100).toFixed(1)}${space}%`;
export const points = (gap: number): string => `${(gap * 100).toFixed(1)}${space}points`;
export const seconds = (time: number): string => `${time.toFixed(time < 10 ? 1 : 0)}${space}s`;
export const ratio = ({ parameters, trainables }: Row): string =>
  `${(parameters / trainables).toFixed(1)}${space}×`;

export const table = (rows: readonly Row[]): ReportTable => ({
  caption: 'Beside its baselines',
  columns: [
    'network',
    'test accuracy',
    'trainables',
    'target parameters',
    'compression',
    'bytes',
    'train/test gap',
    'time',
  ],
  rows: rows.map((row) => [
    row.name,
    percent(row.accuracy),
    count(row.trainables),
    count(row.parameters),
    ratio(row),
    count(row.bytes),
    points(row.gap),
    seconds(row.trained.seconds),
  ]),
});

/** The table as lines of text: names to the left, numbers to the right. */
export const printed = ({ columns, rows }: ReportTable): string[] => {
  const all = [columns, ...rows];
  const width = (column: number): number => Math.max(...all.map((row) => row[column]?.length ?? 0));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(width(column)) : cell.padStart(width(column))))
      .join('  ');
  const [head = '', ...body] = all.map(line);
  return [head, '─'.repeat(head.length), ...body].map((text) => text.replaceAll(space, ' '));
};
