// The run in a few figures, and beside its baselines where there are some.
import { escape } from '../escape.ts';
import { section } from '../page/section.ts';
import type { Fact, ReportTable } from '../report-data.ts';

const factCell = ({ label, value, note }: Fact): string => {
  const small = note === undefined ? '' : `<small>${escape(note)}</small>`;
  return `<div><dt>${escape(label)}</dt><dd>${escape(value)}${small}</dd></div>`;
};

/** The number of columns that leaves the fewest cells of the last row empty, the first of equals. */
const fitting = (cells: number, candidates: readonly number[]): number => {
  const empty = (columns: number): number => (columns - (cells % columns)) % columns;
  return candidates.reduce((best, columns) => (empty(columns) < empty(best) ? columns : best));
};

/** Columns for a wide window and for a narrower one; on a phone there are two. */
const columns = (cells: number): string => {
  const wide = cells <= 6 ? cells : fitting(cells, [5, 4, 6, 3]);
  const narrow = cells <= 4 ? cells : fitting(cells, [4, 3]);
  return `--wide:${wide};--narrow:${narrow}`;
};

export const summary = (facts: readonly Fact[]): string =>
  facts.length === 0
    ? ''
    : `<dl class="facts card" style="${columns(facts.length)}">${facts.map(factCell).join('\n')}</dl>`;

const headRow = (columns: readonly string[]): string =>
  `<tr>${columns.map((name) => (name === '' ? '<td></td>' : `<th scope="col">${escape(name)}</th>`)).join('')}</tr>`;

const row = ([name = '', ...cells]: readonly string[]): string =>
  `<tr><th scope="row">${escape(name)}</th>${cells.map((cell) => `<td>${escape(cell)}</td>`).join('')}</tr>`;

export const beside = (table: ReportTable | undefined): string => {
  if (!table) return '';
  const { caption, columns, rows } = table;
  return section(
    { id: 'beside', title: caption },
    `<div class="card scroll" tabindex="0" role="region" aria-label="${escape(caption)}"><table><caption class="unseen">${escape(caption)}</caption>
<thead>${headRow(columns)}</thead>
<tbody>${rows.map(row).join('\n')}</tbody></table></div>`,
  );
};
