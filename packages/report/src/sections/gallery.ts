// What the network says about single examples, each with its picture. Right and wrong are told by words and a sign,
// not by colour alone.
import { escape } from '../escape.ts';
import { confidence } from '../number-format.ts';
import { section } from '../page/section.ts';
import { dataUri } from '../picture.ts';
import { wordy } from './mistakes.ts';
import type { Gallery, Sample } from '../report-data.ts';

const cell = ({ picture, label, predicted, probability }: Sample): string => {
  const right = label === predicted;
  const image = `<img src="${dataUri(picture)}" width="${picture.width}" height="${picture.height}" alt="${escape(label)}">`;
  const verdict = `<b>${right ? '✓' : '✗'} ${escape(predicted)}</b> <span>${confidence(probability)}</span>`;
  const truth = right ? '' : `<span class="truth">is ${escape(label)}</span>`;
  return `<figure class="${right ? 'right' : 'wrong'}">${image}<figcaption>${verdict}${truth}</figcaption></figure>`;
};

/** The section of a gallery; nothing without samples. */
export const gallery = ({ title, text, samples }: Gallery, index: number): string =>
  section(
    { id: `gallery-${index + 1}`, title, text },
    samples.length === 0
      ? ''
      : `<div class="samples${wordy(samples.map(({ predicted }) => predicted))}">${samples.map(cell).join('\n')}</div>`,
  );
