// The tab that trains: form, buttons, chart, and what is done with the result.
import type { BundleFiles } from '@mapping-networks/core';
import { byId } from '../page/by-id.ts';
import { bytes, count, percent } from '../views/words.ts';
import { drawChart } from './chart.ts';
import { EMPTY, withStep, withValidation, type Curve } from './curve.ts';
import { startControls } from './controls.ts';
import { offerDownloads } from './downloads.ts';
import type { News, Plan } from './messages.ts';
import { createSession } from './session.ts';

/** Starts the tab; `use` gets the bundle that is to be drawn with. */
export const startTrainTab = (use: (files: BundleFiles) => Promise<void>): void => {
  const draw = byId('use', HTMLButtonElement);
  const chart = startChart(byId('chart', HTMLDivElement));
  let made: BundleFiles | undefined;
  const session = createSession((news) => {
    chart.change((curve) => curveAfter(curve, news));
    report(news);
    if (news.type === 'failed' || news.type === 'end') controls.idle(session.resumable());
    if (news.type !== 'end') return;
    made = news.files;
    offerDownloads(news.files);
    draw.hidden = false;
  });
  const controls = startControls({
    start: () => {
      chart.change(() => EMPTY);
      say('Drawing the digits to train on …');
      session.start(planOf());
      controls.running();
    },
    stop: session.stop,
    resume: () => {
      say('Taking up the run …');
      session.resume();
      controls.running();
    },
  });
  draw.addEventListener('click', () => made && use(made));
};

/** The curve on the page; it is drawn once a frame, however many steps that brought. */
const startChart = (holder: HTMLElement): { change(by: (curve: Curve) => Curve): void } => {
  let curve = EMPTY;
  let due = false;
  const redraw = (): void => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => {
      due = false;
      drawChart(holder, curve);
    });
  };
  new ResizeObserver(redraw).observe(holder);
  return {
    change: (by) => {
      curve = by(curve);
      redraw();
    },
  };
};

const planOf = (): Plan => ({
  target: byId('target', HTMLSelectElement).value === 'cnn2' ? 'cnn2' : 'mlp',
  latentDim: Number(byId('latent', HTMLSelectElement).value),
  epochs: byId('epochs', HTMLInputElement).valueAsNumber,
});

const curveAfter = (curve: Curve, news: News): Curve => {
  if (news.type === 'step') return withStep(curve, news.step, news.steps, news.loss, news.accuracy);
  if (news.type === 'validation') return withValidation(curve, news.step, news.accuracy);
  return curve;
};

const say = (words: string): void => {
  byId('progress', HTMLParagraphElement).textContent = words;
};

const report = (news: News): void => {
  if (news.type === 'start')
    say(`${count(news.trainables)} numbers for ${count(news.parameters)} weights, ${news.engine}.`);
  if (news.type === 'step') byId('bar', HTMLProgressElement).value = news.step / news.steps;
  if (news.type === 'failed') say(news.message);
  if (news.type !== 'end') return;
  const { files, test } = news;
  say(
    test === undefined
      ? 'Stopped; it can be resumed.'
      : `Done: ${percent(test)} of the test digits are read correctly.`,
  );
  const size = files['latent.safetensors'].length + new TextEncoder().encode(files['config.json']).length;
  byId('made', HTMLParagraphElement).textContent = `A network in two files, ${bytes(size)} together.`;
};
