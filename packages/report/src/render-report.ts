// The page: summary, comparison, curves, predictions, record. One string, no script, nothing from the network.
import { curve } from './curve.ts';
import { escape } from './escape.ts';
import type { Fact, ReportData, ReportTable } from './report-data.ts';
import { sampleGrid } from './sample-grid.ts';
import { style } from './style.ts';

const factCell = ({ label, value, note }: Fact): string => {
  const small = note === undefined ? '' : `<small>${escape(note)}</small>`;
  return `<div><dt>${escape(label)}</dt><dd>${escape(value)}${small}</dd></div>`;
};

const summary = (facts: readonly Fact[]): string =>
  facts.length === 0 ? '' : `<dl class="facts card">${facts.map(factCell).join('\n')}</dl>`;

const headRow = (columns: readonly string[]): string =>
  `<tr>${columns.map((name) => `<th scope="col">${escape(name)}</th>`).join('')}</tr>`;

const row = ([name = '', ...cells]: readonly string[]): string =>
  `<tr><th scope="row">${escape(name)}</th>${cells.map((cell) => `<td>${escape(cell)}</td>`).join('')}</tr>`;

const comparison = ({ caption, columns, rows }: ReportTable): string =>
  `<section><h2>${escape(caption)}</h2><div class="card scroll"><table>
<thead>${headRow(columns)}</thead>
<tbody>${rows.map(row).join('\n')}</tbody></table></div></section>`;

/** Every score of the run, the loss first. */
const scoreNames = ({ steps, epochs }: ReportData): string[] => {
  const measured = [
    ...steps.map(({ scores }) => scores),
    ...epochs.flatMap((e) => [e.train, e.validation ?? {}]),
  ];
  return [...new Set(['loss', ...measured.flatMap((scores) => Object.keys(scores))])];
};

const curves = (data: ReportData): string => {
  const charts = scoreNames(data)
    .map((name) => curve(data, name))
    .join('\n');
  return charts.trim() === ''
    ? ''
    : `<section><h2>Training</h2><div class="curves">${charts}</div></section>`;
};

const record = (value: unknown): string =>
  `<details><summary>Record of the run</summary><pre class="card">${escape(JSON.stringify(value, null, 2) ?? '')}</pre></details>`;

/**
 * A run as one self-contained HTML page: no script, no network, light and dark, readable on a phone.
 *
 * @example
 * ```ts
 * import { renderReport } from '@mapping-networks/report';
 * const page = renderReport({
 *   title: 'A first run',
 *   subtitle: 'Two epochs.',
 *   facts: [{ label: 'Test accuracy', value: '91.2 %' }],
 *   steps: [{ epoch: 1, scores: { loss: 0.9 } }, { epoch: 2, scores: { loss: 0.4 } }],
 *   epochs: [],
 *   galleries: [],
 *   record: {},
 * });
 * console.log(page.startsWith('<!doctype html>')); // true
 * ```
 */
export const renderReport = (data: ReportData): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(data.title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<header><h1>${escape(data.title)}</h1><p class="muted">${escape(data.subtitle)}</p></header>
${[
  summary(data.facts),
  data.table ? comparison(data.table) : '',
  curves(data),
  ...data.galleries.map(sampleGrid),
  record(data.record),
]
  .filter((part) => part !== '')
  .join('\n')}
</main>
</body>
</html>
`;
