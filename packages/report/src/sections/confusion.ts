// Which classes are taken for which: the whole matrix as a heat map of counts where there is room for it, the worst
// pairs where there is not. It is a table, so that it can be read out, searched and copied.
import { mostConfused, supportOf, type Confusion, type ConfusedPair } from '../analysis/confusion.ts';
import { escape } from '../escape.ts';
import { count, percent } from '../number-format.ts';
import { card } from '../page/section.ts';

/** More classes than these have no readable matrix. */
const mostClasses = 30;
const mostPairs = 15;

const nameOf = (classes: readonly string[], index: number): string => classes[index] ?? String(index);

/**
 * How full a cell is painted, in [0, 1]. The square root shows rare mistakes; right ones have a colour of their own,
 * so that they do not outshine them.
 */
const fullness = (share: number, greatest: number): number =>
  greatest > 0 ? Math.sqrt(share / greatest) : 0;

const cellOf = (kind: 'hit' | 'miss', value: number, full: number): string =>
  value === 0
    ? '<td class="none">0</td>'
    : `<td class="${kind}" style="--full:${full.toFixed(2)}">${value}</td>`;

const matrix = (confusion: Confusion, classes: readonly string[]): string => {
  const { counts, classes: size } = confusion;
  const indices = Array.from({ length: size }, (_, index) => index);
  const share = (truth: number, predicted: number): number =>
    (counts[truth * size + predicted] ?? 0) / Math.max(1, supportOf(confusion, truth));
  const greatest = mostConfused(confusion, size * size).reduce((most, pair) => Math.max(most, pair.share), 0);
  const row = (truth: number): string => {
    const cells = indices.map((predicted) => {
      const value = counts[truth * size + predicted] ?? 0;
      return truth === predicted
        ? cellOf('hit', value, share(truth, predicted) ** 2)
        : cellOf('miss', value, fullness(share(truth, predicted), greatest));
    });
    return `<tr><th scope="row">${escape(nameOf(classes, truth))}</th>${cells.join('')}</tr>`;
  };
  const long = classes.some((name) => name.length > 3);
  const heads = indices.map((index) => `<th scope="col"><span>${escape(nameOf(classes, index))}</span></th>`);
  return `<div class="scroll" tabindex="0" role="region" aria-label="Confusion matrix"><table class="confusion${long ? ' long' : ''}${size > 12 ? ' many' : ''}">
<caption>true class <span aria-hidden="true">↓</span> predicted class <span aria-hidden="true">→</span></caption>
<thead><tr><td></td>${heads.join('')}</tr></thead>
<tbody>${indices.map(row).join('\n')}</tbody></table></div>`;
};

const pairRow =
  (classes: readonly string[], greatest: number) =>
  ({ truth, predicted, count: times, share }: ConfusedPair): string =>
    `<tr><th scope="row">${escape(nameOf(classes, truth))}</th><td class="word">${escape(nameOf(classes, predicted))}</td><td>${count(times)}</td><td class="bar" style="--full:${(share / greatest).toFixed(2)}">${percent(share)}</td></tr>`;

const pairTable = (pairs: readonly ConfusedPair[], classes: readonly string[]): string => {
  const greatest = Math.max(...pairs.map(({ share }) => share));
  return `<div class="scroll" tabindex="0" role="region" aria-label="Most confused pairs"><table class="confused"><caption class="unseen">The pairs of classes that are confused most often</caption>
<thead><tr><th scope="col">true class</th><th scope="col" class="word">taken for</th><th scope="col">times</th><th scope="col">of the class</th></tr></thead>
<tbody>${pairs.map(pairRow(classes, greatest)).join('\n')}</tbody></table></div>`;
};

/** The worst pairs in one sentence. */
const worst = (confusion: Confusion, classes: readonly string[]): string => {
  const told = mostConfused(confusion, 3).map(
    ({ truth, predicted, count: times, share }) =>
      `${nameOf(classes, truth)} taken for ${nameOf(classes, predicted)} (${count(times)}×, ${percent(share)} of its class)`,
  );
  return told.length === 0 ? 'Nothing was confused.' : `Most often: ${told.join('; ')}.`;
};

export const confusionCard = (confusion: Confusion, classes: readonly string[]): string => {
  if (confusion.classes > mostClasses) {
    const pairs = mostConfused(confusion, mostPairs);
    if (pairs.length === 0) return '';
    const text = `The ${pairs.length} pairs out of ${count(confusion.classes)} classes that are confused most often.`;
    return card('Most confused', text, pairTable(pairs, classes), 'table');
  }
  const text = `A row holds all examples of one true class; off the diagonal are the mistakes, the stronger in colour the greater their share of the row. ${worst(confusion, classes)}`;
  return card('Confusion matrix', text, matrix(confusion, classes), 'table');
};
