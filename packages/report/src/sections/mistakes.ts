// The mistakes that the network is surest of, with their pictures where there are some.
import { confidentMistakes, type Mistake } from '../analysis/confident-mistakes.ts';
import { escape } from '../escape.ts';
import { confidence, count, percent } from '../number-format.ts';
import { section } from '../page/section.ts';
import { dataUri } from '../picture.ts';
import type { Classification } from '../report-data.ts';

const mostShown = 24;

const nameOf = (classes: readonly string[], index: number): string => classes[index] ?? String(index);

/** Long names get a line of their own. */
export const wordy = (names: readonly string[]): string =>
  names.some((name) => name.length > 4) ? ' named' : '';

const pictured = (
  { classes, picture }: Classification,
  { index, truth, predicted, probability }: Mistake,
): string => {
  const image = picture?.(index);
  if (!image) return '';
  const [is, called] = [nameOf(classes, truth), nameOf(classes, predicted)];
  return `<figure><img src="${dataUri(image)}" width="${image.width}" height="${image.height}" alt="Example ${index}, a ${escape(is)}">
<figcaption><b>${escape(called)}</b> <span>${confidence(probability)}</span><span class="truth">is ${escape(is)}</span></figcaption></figure>`;
};

const listed = ({ classes }: Classification, mistakes: readonly Mistake[]): string => {
  const rows = mistakes.map(
    ({ index, truth, predicted, probability, truthProbability }) =>
      `<tr><th scope="row">${count(index)}</th><td class="word">${escape(nameOf(classes, truth))}</td><td class="word">${escape(nameOf(classes, predicted))}</td><td>${confidence(probability)}</td><td>${percent(truthProbability)}</td></tr>`,
  );
  return `<div class="card scroll" tabindex="0" role="region" aria-label="Most confident mistakes"><table><caption class="unseen">The most confident mistakes</caption>
<thead><tr><th scope="col">example</th><th scope="col" class="word">true class</th><th scope="col" class="word">predicted</th><th scope="col">probability</th><th scope="col">of the true class</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>`;
};

export const mistakes = (predictions: Classification): string => {
  const all = confidentMistakes(predictions.probabilities, predictions.labels);
  if (all.length === 0) return '';
  const shown = all.slice(0, mostShown);
  const which = shown.length < all.length ? `the ${shown.length} it is surest of` : 'all of them';
  const text = `${count(all.length)} of ${count(predictions.labels.length)} examples of the ${predictions.split} split are classified wrongly; here are ${which}: the predicted class with its probability, then the true one.`;
  const body = predictions.picture
    ? `<div class="samples${wordy(predictions.classes)}">${shown.map((mistake) => pictured(predictions, mistake)).join('\n')}</div>`
    : listed(predictions, shown);
  return section({ id: 'mistakes', title: 'Most confident mistakes', text }, body);
};
