// What the network says about single examples, each with its picture. Right and wrong are told by words and a sign,
// not by colour alone.
import { escape } from './escape.ts';
import { dataUri } from './picture.ts';
import type { Gallery, Sample } from './report-data.ts';

/** Whole per cents. No network is certain: what rounds to 100 is not called so. */
const percent = (probability: number): string =>
  probability >= 0.995 ? '>99 %' : `${(probability * 100).toFixed(0)} %`;

const cell = ({ picture, label, predicted, probability }: Sample): string => {
  const right = label === predicted;
  const image = `<img src="${dataUri(picture)}" width="${picture.width}" height="${picture.height}" alt="${escape(label)}">`;
  const verdict = `<b>${right ? '✓' : '✗'} ${escape(predicted)}</b> <span>${escape(percent(probability))}</span>`;
  const truth = right ? '' : `<span class="truth">is ${escape(label)}</span>`;
  return `<figure class="${right ? 'right' : 'wrong'}">${image}<figcaption>${verdict}${truth}</figcaption></figure>`;
};

/** The section of a gallery; nothing without samples. */
export const sampleGrid = ({ title, text, samples }: Gallery): string =>
  samples.length === 0
    ? ''
    : `<section><h2>${escape(title)}</h2>
<p class="muted">${escape(text)}</p>
<div class="samples">${samples.map(cell).join('\n')}</div></section>`;
