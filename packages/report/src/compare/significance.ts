// The section on chance: what tests say of differences between groups, in words and in figures, and what they cannot say.
import { escape } from '../escape.ts';
import { section } from '../page/section.ts';
import type { Comparison, ToldTest } from './comparison.ts';
import type { SplitName } from './comparison-data.ts';
import { scoreDifference } from './figures.ts';
import { pText, unbroken } from './verdict.ts';
import type { AdjustedTest } from './pair-tests.ts';

const selection =
  'Choosing a configuration by its scores on the test split is selection: the score of what is chosen so is too good. Choose by validation, and report test once, for what was chosen.';

const method = (severalPairs: boolean): string =>
  [
    'After a mean, ± is the sample standard deviation over seeds; after a difference, half of its 95 % confidence interval.',
    'Welch’s t-test does not assume equal variances; the paired test compares runs of the same seed. Both assume that scores over seeds are about normal, which a few seeds cannot show.',
    ...(severalPairs ? ['p is adjusted by Holm’s method for all pairs of the same table.'] : []),
  ].join(' ');

const testCells = (test: AdjustedTest | undefined, metric: string): string[] =>
  test === undefined
    ? ['–', '–', '–', '–']
    : [
        scoreDifference(metric, test.difference, test.margin),
        test.t.toFixed(2).replace('-', '−'),
        test.degrees.toFixed(Number.isInteger(test.degrees) ? 0 : 1),
        pText(test.adjusted).replace(/^p (= )?/, ''),
      ];

const table = (tests: readonly ToldTest[]): string => {
  const paired = tests.some((test) => test.paired);
  const row = ({ pair, welch, paired: ofPairs, metric }: ToldTest): string => {
    const cells = [...testCells(welch, metric), ...(paired ? testCells(ofPairs, metric) : [])];
    return `<tr><th scope="row">${escape(pair.join(' − '))}</th>${cells.map((cell) => `<td>${escape(cell)}</td>`).join('')}</tr>`;
  };
  const columns = ['difference, 95 %', 't', 'df', 'p'];
  const heads = ['pair', ...columns, ...(paired ? columns : [])].map(
    (name) => `<th scope="col">${name}</th>`,
  );
  const groups = paired
    ? '<tr><th></th><th colspan="4" scope="colgroup">Welch</th><th colspan="4" scope="colgroup">paired by seed</th></tr>'
    : '';
  return `<div class="card scroll" tabindex="0"><table class="tests"><thead>${groups}<tr>${heads.join('')}</tr></thead><tbody>${tests.map(row).join('\n')}</tbody></table></div>`;
};

const splitPart = (tests: readonly ToldTest[], split: SplitName): string => {
  const own = tests.filter((test) => test.split === split);
  if (own.length === 0) return '';
  const words = own.map((test) => `<li>${escape(unbroken(test.words))}</li>`).join('\n');
  const warning = split === 'test' ? `<p class="warning">${escape(selection)}</p>` : '';
  const title = split === 'test' ? 'On the test split' : 'On the validation split';
  return `<h3>${title}</h3>${warning}<ul class="verdicts">${words}</ul>${table(own)}`;
};

const nothingToTest = ({ groups }: Comparison): string => {
  if (groups.length < 2)
    return 'All runs have the same configuration but for their seed: there is nothing to compare.';
  return 'Nothing can be said about the significance of differences: that takes at least two configurations of the same dataset and metric with two finished seeds each, and five or more to see small differences.';
};

/** What can be said about chance. */
export const significance = (comparison: Comparison): string => {
  const { tests } = comparison;
  const several = tests.filter(({ split }) => split === 'test').length > 1;
  const body =
    tests.length === 0
      ? `<p>${escape(nothingToTest(comparison))}</p><p class="warning">${escape(selection)}</p>`
      : `${splitPart(tests, 'validation')}${splitPart(tests, 'test')}<p class="muted">${escape(method(several))}</p>`;
  return section({ id: 'significance', title: 'Significance over seeds' }, body);
};
