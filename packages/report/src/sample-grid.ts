// What the network says about single examples, each with its picture. Right and wrong are told by words and a sign,
// not by colour alone.
import { escape } from './escape.ts';
import { dataUri } from './picture.ts';
import type { Sample } from './report-data.ts';

const percent = (probability: number): string => `${(probability * 100).toFixed(0)} %`;

const cell = ({ picture, label, predicted, probability }: Sample): string => {
  const right = label === predicted;
  const image = `<img src="${dataUri(picture)}" width="${picture.width}" height="${picture.height}" alt="${escape(label)}">`;
  const verdict = `<b>${right ? '✓' : '✗'} ${escape(predicted)}</b> <span>${percent(probability)}</span>`;
  const truth = right ? '' : `<span class="truth">is ${escape(label)}</span>`;
  return `<figure class="${right ? 'right' : 'wrong'}">${image}<figcaption>${verdict}${truth}</figcaption></figure>`;
};

/** The section of sample predictions; nothing without samples. */
export const sampleGrid = (samples: readonly Sample[]): string => {
  if (samples.length === 0) return '';
  const right = samples.filter(({ label, predicted }) => label === predicted).length;
  return `<section><h2>Predictions</h2>
<p class="muted">${samples.length} examples of the test split, with the predicted class and its probability: ${right} right, ${samples.length - right} wrong.</p>
<div class="samples">${samples.map(cell).join('\n')}</div></section>`;
};
