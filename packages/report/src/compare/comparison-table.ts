// The tables of a comparison: one row for each group, and, where groups have several runs, one for each run. Figures
// that are the same everywhere are said once, above.
import { escape } from '../escape.ts';
import type { Look } from './colours.ts';
import type { Comparison, GroupSummary, RunSummary, Summary } from './comparison.ts';
import type { Figure } from './figures.ts';
import { badge } from './marks.ts';

/** What both tables need. */
export interface TableSetting {
  readonly comparison: Comparison;
  readonly figures: readonly Figure[];
  readonly looks: ReadonlyMap<string, Look>;
  /** The letter of the group that is best on validation. */
  readonly best: string | undefined;
}

const groupText = ({ text, scatters }: Figure, summary: Summary | undefined): string => {
  if (summary === undefined) return '–';
  const { mean, deviation } = summary;
  return scatters && deviation !== undefined ? `${text(mean)} ± ${text(deviation)}` : text(mean);
};

/** What a run shows of a figure: the group's where the run counts alone. */
const runText = ({ name, text }: Figure, { figures }: RunSummary): string => {
  const value = figures[name];
  return value === undefined ? '–' : text(value);
};

const allTexts = ({ groups }: Comparison, figure: Figure): string[] =>
  groups.flatMap(({ runs }) => runs.map((run) => runText(figure, run)));

/** The figures that tell runs apart, and what the others come to. */
export const tellingFigures = (
  comparison: Comparison,
  figures: readonly Figure[],
): { readonly telling: readonly Figure[]; readonly same: readonly (readonly [string, string])[] } => {
  const known = figures.filter((figure) => allTexts(comparison, figure).some((text) => text !== '–'));
  const isSame = (figure: Figure): boolean =>
    !figure.scatters && new Set(allTexts(comparison, figure)).size === 1;
  return {
    telling: known.filter((figure) => !isSame(figure)),
    same: known.filter(isSame).map((figure) => [figure.name, allTexts(comparison, figure)[0] ?? '']),
  };
};

const head = (names: readonly string[]): string =>
  `<thead><tr>${names.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead>`;

const figureHead = ({ name, unit }: Figure): string =>
  `${escape(name)}${unit === '' ? '' : ` <small>${escape(unit)}</small>`}`;

const cells = (texts: readonly string[], kind = ''): string =>
  texts.map((text) => `<td${kind}>${escape(text)}</td>`).join('');

const state = ({ unfinished }: RunSummary): string =>
  unfinished === undefined ? '' : ` <small class="open">${escape(unfinished)}</small>`;

/** What names a row: its run, or how many seeds it stands for. */
const nameOf = ({ runs, n }: GroupSummary): string => {
  const [only] = runs;
  if (only && runs.length === 1) return `${escape(only.name)}${state(only)}`;
  return `${n}\u00A0${n === 1 ? 'seed' : 'seeds'}${n < runs.length ? ` <small>of ${runs.length} runs</small>` : ''}`;
};

const scoreCell = (figure: Figure, group: GroupSummary, isBest: boolean): string => {
  const [only] = group.runs;
  const summary = group.figures[figure.name];
  const text =
    summary === undefined && only && group.runs.length === 1
      ? runText(figure, only)
      : groupText(figure, summary);
  const marked = isBest && figure.split === 'validation';
  return marked ? `<td><b title="best on validation">${escape(text)}</b></td>` : `<td>${escape(text)}</td>`;
};

/** One row for each group. */
export const groupTable = ({ comparison, figures, looks, best }: TableSetting): string => {
  const { groups } = comparison;
  const columns = Object.keys(groups[0]?.options ?? {});
  const row = (group: GroupSummary): string => {
    const look = looks.get(group.letter);
    const options = cells(Object.values(group.options), ' class="option"');
    const scores = figures.map((figure) => scoreCell(figure, group, group.letter === best)).join('');
    return `<tr><th scope="row">${look ? badge(group.letter, look) : ''}${nameOf(group)}</th>${options}${scores}</tr>`;
  };
  const names = ['', ...columns.map(escape), ...figures.map(figureHead)];
  return `<div class="card scroll" tabindex="0"><table class="compare">${head(names)}<tbody>${groups.map(row).join('\n')}</tbody></table></div>`;
};

/** One row for each run; nothing where no group has several. */
export const runTable = ({ comparison, figures, looks }: TableSetting): string => {
  if (comparison.groups.every(({ runs }) => runs.length === 1)) return '';
  const rows = comparison.groups.flatMap(({ letter, runs }) =>
    runs.map((run) => {
      const look = looks.get(letter);
      const name = `${look ? badge(letter, look) : ''}${escape(run.name)}${state(run)}`;
      return `<tr><th scope="row">${name}</th>${cells([run.seed, ...figures.map((figure) => runText(figure, run))])}</tr>`;
    }),
  );
  const names = ['', 'seed', ...figures.map(figureHead)];
  return `<details><summary>Each run</summary><div class="card scroll" tabindex="0"><table class="compare">${head(names)}<tbody>${rows.join('\n')}</tbody></table></div></details>`;
};
