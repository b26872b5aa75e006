// Loss and accuracy over the steps, as an SVG that is written anew: a few hundred points take no time.
import { count, percent } from '../views/words.ts';
import type { Curve } from './curve.ts';

const HEIGHT = 240;
const [LEFT, RIGHT, TOP, BOTTOM] = [44, 40, 10, 24];

/** Draws the curve; accuracy on the left axis, loss on the right one. */
export const drawChart = (holder: HTMLElement, curve: Curve): void => {
  // As wide as its place, so that letters keep their size; while it is hidden it has none.
  const width = Math.max(240, holder.clientWidth);
  const highest = Math.max(0.5, ...curve.points.map(({ loss }) => loss));
  const x = (step: number): number => LEFT + (step / curve.steps) * (width - LEFT - RIGHT);
  const y = (part: number): number => HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM);
  const line = (name: 'loss' | 'accuracy', most: number): string =>
    `<polyline class="${name}" points="${curve.points.map((point) => `${x(point.step).toFixed(1)},${y(point[name] / most).toFixed(1)}`).join(' ')}"/>`;
  const grid = [0, 0.25, 0.5, 0.75, 1].map(
    (part) => `
      <line class="grid" x1="${LEFT}" x2="${width - RIGHT}" y1="${y(part)}" y2="${y(part)}"/>
      <text x="${LEFT - 4}" y="${y(part) + 4}" text-anchor="end">${part * 100} %</text>
      <text x="${width - RIGHT + 4}" y="${y(part) + 4}">${(part * highest).toFixed(2)}</text>`,
  );
  const marks = curve.validation.map(
    ({ step, accuracy }) => `<circle class="validation" r="5" cx="${x(step)}" cy="${y(accuracy)}"/>`,
  );
  holder.innerHTML = `
    <svg viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-label="${describe(curve)}">
      ${grid.join('')}${line('loss', highest)}${line('accuracy', 1)}${marks.join('')}
      <text x="${LEFT}" y="${HEIGHT - 6}">0</text>
      <text x="${width - RIGHT}" y="${HEIGHT - 6}" text-anchor="end">${curve.points.length > 0 ? `${count(curve.steps)} steps` : ''}</text>
    </svg>
    ${legend(curve)}`;
};

const latest = ({ points, validation }: Curve): { loss: string; accuracy: string; validated: string } => {
  const [last, checked] = [points.at(-1), validation.at(-1)];
  return {
    loss: last ? last.loss.toFixed(3) : '–',
    accuracy: last ? percent(last.accuracy) : '–',
    validated: checked ? percent(checked.accuracy) : '–',
  };
};

const describe = (curve: Curve): string => {
  const { loss, accuracy, validated } = latest(curve);
  return `Loss ${loss}, accuracy ${accuracy}, on validation ${validated}`;
};

const legend = (curve: Curve): string => {
  const { loss, accuracy, validated } = latest(curve);
  return `<ul class="legend">
    <li class="accuracy-name"><b>━ ${accuracy}</b> accuracy</li>
    <li class="accuracy-name"><b>● ${validated}</b> on validation</li>
    <li class="loss-name"><b>━ ${loss}</b> loss, right axis</li>
  </ul>`;
};
