// The run in a few figures, and beside its baselines where there are some.
import { escape } from '../escape.ts';
import { section } from '../page/section.ts';
import type { Fact, ReportTable } from '../report-data.ts';

const factCell = ({ label, value, note }: Fact): string => {
  const small = note === undefined ? '' : `<small>${escape(note)}</small>`;
  return `<div><dt>${escape(label)}</dt><dd>${escape(value)}${small}</dd></div>`;
};

/** As many columns as leave the fewest cells of the last row empty; on a phone the page takes two. */
const columnsFor = (cells: number): number => {
  const empty = (columns: number): number => (columns - (cells % columns)) % columns;
  return [5, 4, 6, 3].reduce((best, columns) => (empty(columns) < empty(best) ? columns : best), 5);
};

export const summary = (facts: readonly Fact[]): string =>
  facts.length === 0
    ? ''
    : `<dl class="facts card" style="--columns:${columnsFor(facts.length)}">${facts.map(factCell).join('\n')}</dl>`;

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
