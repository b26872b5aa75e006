// Whether the network is as sure as it is right: the reliability diagram, and how sure it is how often.
import * as Plot from '@observablehq/plot';
import { calibration, type Calibration, type CalibrationBin } from '../analysis/calibration.ts';
import { shareInterval } from '../analysis/share-interval.ts';
import { tickNumber } from '../chart/axis.ts';
import { draw, tallHeight } from '../chart/draw.ts';
import { escape } from '../escape.ts';
import { count, figure, percent } from '../number-format.ts';
import { card } from '../page/section.ts';
import type { Classification } from '../report-data.ts';

const bins = 15;

interface Filled extends CalibrationBin {
  readonly confidence: number;
  readonly accuracy: number;
  readonly low: number;
  readonly high: number;
}

const filledBins = (all: readonly CalibrationBin[]): Filled[] =>
  all.flatMap((bin) => {
    const { confidence, accuracy } = bin;
    if (confidence === undefined || accuracy === undefined) return [];
    const [low, high] = shareInterval(accuracy, bin.count);
    return [{ ...bin, confidence, accuracy, low, high }];
  });

const spoken = (filled: readonly Filled[]): string =>
  filled
    .map(
      (bin) =>
        `${count(bin.count)} examples: confidence ${percent(bin.confidence)}, right ${percent(bin.accuracy)}.`,
    )
    .join(' ');

const asWholePercent = (share: number): string => percent(share, 0);
const axis = { domain: [0, 1], labelArrow: 'none', ticks: 5, tickFormat: asWholePercent } as const;
const confidenceAxis = { ...axis, label: 'confidence', labelAnchor: 'center' } as const;

const diagram = (filled: readonly Filled[]): string =>
  draw(
    { label: 'Share of right predictions by confidence', description: spoken(filled) },
    {
      height: tallHeight,
      x: confidenceAxis,
      y: { ...axis, label: 'share right' },
      marks: [
        Plot.gridY({ ticks: 5, stroke: 'var(--line)', strokeOpacity: 1 }),
        Plot.line([0, 1], { x: Number, y: Number, stroke: 'var(--muted)', strokeDasharray: '4 4' }),
        Plot.ruleX(filled, {
          x: 'confidence',
          y1: 'low',
          y2: 'high',
          stroke: 'var(--validation)',
          strokeOpacity: 0.5,
          strokeWidth: 1.5,
        }),
        Plot.dot(filled, { x: 'confidence', y: 'accuracy', fill: 'var(--validation)', r: 4 }),
      ],
    },
  );

/** Of every bin two bars upon each other, the mistakes below, where they can be compared. */
const confidences = (all: readonly CalibrationBin[]): string => {
  const bars = all.map(({ from, to, count: size, accuracy = 0 }) => ({
    from,
    to,
    size,
    wrong: size * (1 - accuracy),
  }));
  const inset = { insetLeft: 0.5, insetRight: 0.5 };
  return draw(
    { label: 'Number of examples by confidence, wrong and right ones' },
    {
      height: tallHeight,
      x: confidenceAxis,
      y: { label: 'examples', labelArrow: 'none', ticks: 5, tickFormat: tickNumber, zero: true },
      marks: [
        Plot.gridY({ ticks: 5, stroke: 'var(--line)', strokeOpacity: 1 }),
        Plot.rect(bars, {
          x1: 'from',
          x2: 'to',
          y1: 'wrong',
          y2: 'size',
          fill: 'var(--right)',
          fillOpacity: 0.55,
          ...inset,
        }),
        Plot.rect(bars, { x1: 'from', x2: 'to', y1: 0, y2: 'wrong', fill: 'var(--wrong)', ...inset }),
      ],
    },
  );
};

/** Over- or underconfident, and by how much. */
const verdict = ({ confidence, accuracy }: Calibration): string => {
  const difference = confidence - accuracy;
  const than = `(confidence ${percent(confidence)}, right ${percent(accuracy)})`;
  if (Math.abs(difference) < 0.005) return `On average as sure as it is right ${than}.`;
  return `On average ${difference > 0 ? 'surer' : 'less sure'} than it is right ${than}.`;
};

/** 0 is best for all three. */
const facts = ({ ece, brier, nll }: Calibration): string => {
  const all: readonly (readonly [name: string, value: string, note: string])[] = [
    ['Expected calibration error', percent(ece, 2), `${bins} bins, 0 best`],
    ['Brier score', figure(brier), '0 best, 2 worst'],
    ['Negative log-likelihood', figure(nll), 'nats, 0 best'],
  ];
  const cell = ([name, value, note]: (typeof all)[number]): string =>
    `<div><dt>${escape(name)}</dt><dd>${escape(value)} <small>${escape(note)}</small></dd></div>`;
  return `<dl class="small-facts card">${all.map(cell).join('')}</dl>`;
};

const keys = '<span class="key-box right">right</span><span class="key-box wrong">wrong</span>';

/** The figures across, below them two cards: the diagram, and the confidences. */
export const calibrationCards = ({ probabilities, labels }: Classification): string[] => {
  const found = calibration(probabilities, labels, bins);
  const reading =
    'Dots below the dashed line are too sure, above it not sure enough; upright strokes are 95 % intervals.';
  return [
    facts(found),
    card('Calibration', `${verdict(found)} ${reading}`, diagram(filledBins(found.bins)), 'chart'),
    card(
      'Confidence',
      'How sure the network is how often: examples by the probability of their predicted class, wrong ones at the bottom.',
      `<p class="keys">${keys}</p>${confidences(found.bins)}`,
      'chart',
    ),
  ];
};
