// Precision, recall and F1 of every class as a table, with the mean over classes below.
import { perClass, type ClassScores } from '../analysis/per-class.ts';
import type { Confusion } from '../analysis/confusion.ts';
import { escape } from '../escape.ts';
import { count, percent } from '../number-format.ts';
import { card } from '../page/section.ts';

/** Of more classes only the worst are shown. */
const mostClasses = 30;
const worstClasses = 15;

type Score = 'precision' | 'recall' | 'f1';
interface Row extends ClassScores {
  readonly name: string;
}

const cell = (score: number | undefined, emphasis = ''): string =>
  score === undefined
    ? '<td class="none"><abbr title="would divide by zero">–</abbr></td>'
    : `<td class="${emphasis}"${emphasis === '' ? '' : ` style="--full:${score.toFixed(3)}"`}>${percent(score)}</td>`;

const row = ({ name, precision, recall, f1, support }: Row): string =>
  `<tr><th scope="row">${escape(name)}</th>${cell(precision)}${cell(recall)}${cell(f1, 'bar')}<td>${count(support)}</td></tr>`;

/** The mean over the classes that have the score. */
const meanOf = (rows: readonly Row[], score: Score): number | undefined => {
  const values = rows.flatMap((one) => one[score] ?? []);
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value / values.length, 0);
};

export const perClassCard = (confusion: Confusion, classes: readonly string[]): string => {
  const rows = perClass(confusion).map((scores, index) => ({
    name: classes[index] ?? String(index),
    ...scores,
  }));
  const few = rows.length <= mostClasses;
  const shown = few ? rows : rows.toSorted((a, b) => (a.f1 ?? 0) - (b.f1 ?? 0)).slice(0, worstClasses);
  const which = few ? '' : ` The ${worstClasses} of ${count(rows.length)} classes with the lowest F1.`;
  const total = rows.reduce((sum, { support }) => sum + support, 0);
  const means = (['precision', 'recall', 'f1'] as const).map((score) => cell(meanOf(rows, score))).join('');
  const body = `<div class="scroll" tabindex="0" role="region" aria-label="Scores of each class"><table class="scores"><caption class="unseen">Precision, recall, F1 and number of examples of each class</caption>
<thead><tr><th scope="col">class</th><th scope="col">precision</th><th scope="col">recall</th><th scope="col">F1</th><th scope="col">support</th></tr></thead>
<tbody>${shown.map(row).join('\n')}</tbody>
<tfoot><tr><th scope="row">mean</th>${means}<td>${count(total)}</td></tr></tfoot></table></div>`;
  const text = `Precision: how many of those called by a name are of that class. Recall: how many of the class are found. F1: their harmonic mean.${which}`;
  return card('Each class', text, body, 'table');
};
