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

/** What is compared, and how it is written. */
const measures: readonly (readonly [name: string, of: (row: Row) => string])[] = [
  ['test accuracy', ({ accuracy }) => percent(accuracy)],
  ['trained numbers', ({ trainables }) => count(trainables)],
  ['network parameters', ({ parameters }) => count(parameters)],
  ['compression', ratio],
  ['bytes on disk', ({ bytes }) => count(bytes)],
  ['train/test gap', ({ gap }) => points(gap)],
  ['training time', ({ trained }) => seconds(trained.seconds)],
];

/** One column for each network: as narrow as a terminal or a phone. */
export const table = (rows: readonly Row[]): ReportTable => ({
  caption: 'Beside its baselines',
  columns: ['', ...rows.map(({ name }) => name)],
  rows: measures.map(([name, of]) => [name, ...rows.map(of)]),
});

/** Text for a terminal, which needs no hard spaces. */
export const plain = (text: string): string => text.replaceAll(space, ' ');

/** The table as lines of text: names to the left, numbers to the right. */
export const printed = ({ columns, rows }: ReportTable): string[] => {
  const all = [columns, ...rows];
  const width = (column: number): number => Math.max(...all.map((row) => row[column]?.length ?? 0));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(width(column)) : cell.padStart(width(column))))
      .join('   ');
  const [head = '', ...body] = all.map(line);
  return [head, '─'.repeat(head.length), ...body].map(plain);
};
