// Ten bars, the digit in large, and a sentence for who cannot see them, once the hand rests.
import { byId } from '../page/by-id.ts';
import { make } from '../page/make.ts';
import { percent } from './words.ts';

/** So long after the last change the result is spoken. */
const REST = 600;

export interface ProbabilityView {
  /** Nothing drawn: undefined. */
  show(classes: readonly string[], probabilities: Float32Array | undefined): void;
  /** Speaks now, and in place of what was about to be spoken. */
  say(words: string): void;
}

/** Starts the view. */
export const createProbabilities = (): ProbabilityView => {
  const list = byId('probabilities', HTMLOListElement);
  const reading = byId('reading', HTMLParagraphElement);
  const spoken = byId('spoken', HTMLParagraphElement);
  let pending: ReturnType<typeof setTimeout> | undefined;
  const say = (words: string): void => {
    clearTimeout(pending);
    spoken.textContent = words;
  };
  return {
    say,
    show: (classes, probabilities) => {
      const best = probabilities?.indexOf(Math.max(...probabilities));
      list.replaceChildren(...classes.map((name, i) => bar(name, probabilities?.[i] ?? 0, i === best)));
      const name = best === undefined ? undefined : classes[best];
      reading.textContent = name ?? '–';
      clearTimeout(pending);
      if (name === undefined) return;
      pending = setTimeout(() => say(`It reads ${name}, ${percent(probabilities?.[best ?? 0] ?? 0)}`), REST);
    },
  };
};

const bar = (name: string, probability: number, best: boolean): HTMLLIElement => {
  const fill = make('span', { className: 'fill' });
  fill.style.width = `${(probability * 100).toFixed(2)}%`;
  return make(
    'li',
    { className: best ? 'best' : '' },
    make('span', {}, name),
    make('span', { className: 'track', ariaHidden: 'true' }, fill),
    make('span', { className: 'value' }, percent(probability)),
  );
};
