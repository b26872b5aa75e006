// The trainables' own movement: how long they are, how far they came, and the plane in which their way lies best.
import { principalComponents } from '../analysis/pca.ts';
import { lineChart } from '../chart/line-chart.ts';
import { pathChart } from '../chart/path-chart.ts';
import { count, percent } from '../number-format.ts';
import { card, cards, section } from '../page/section.ts';
import type { ReportData, Trajectory } from '../report-data.ts';

type Run = Pick<ReportData, 'steps' | 'trajectory'>;

const distanceChart = ({ steps }: Run): string => {
  const points = (pick: (step: Run['steps'][number]) => number | undefined): { x: number; y: number }[] =>
    steps.flatMap((one, index) => {
      const y = pick(one);
      return y === undefined ? [] : [{ x: one.step ?? index + 1, y }];
    });
  return lineChart({
    title: 'Length and distance',
    text: 'How long the vector of trainables z is, and how far it has come from its start z₀. Where both end flat, the run came to rest; where they still climb, more steps may pay.',
    x: 'step',
    y: 'Euclidean norm',
    zero: true,
    tall: true,
    lines: [
      { name: '‖z‖', colour: 'training', exact: true, points: points(({ norm }) => norm) },
      { name: '‖z − z₀‖', colour: 'validation', exact: true, points: points(({ moved }) => moved) },
    ],
  });
};

// Smooth walks in many dimensions have cosines for principal components, hence the arcs (Antognini & Sohl-Dickstein
// 2018, PCA of high dimensional random walks with comparison to neural network training).
const path = ({ snapshots: all, of }: Trajectory): string => {
  const snapshots = all.filter(({ values }) => values.every(Number.isFinite));
  if (snapshots.length < 3) return '';
  const { scores, explained } = principalComponents(snapshots.map(({ values }) => values));
  const [first = 0, second = 0] = explained;
  if (first === 0) return '';
  const held = snapshots[0]?.values.length ?? 0;
  const sampled =
    held < of ? `${count(held)} of ${count(of)} coordinates, evenly chosen` : `all ${count(of)} coordinates`;
  const text = `${snapshots.length} moments of the run, ${sampled}, in the plane of their two widest directions (${percent(first + second)} of the variance). Long smooth ways look like arcs here whatever they do; jumps and knots tell more.`;
  const points = snapshots.map(({ step }, index) => ({
    step,
    x: scores[index]?.[0] ?? 0,
    y: scores[index]?.[1] ?? 0,
  }));
  return card('Trajectory', text, pathChart(points, [first, second]), 'chart');
};

export const latent = ({ steps, trajectory }: Run): string =>
  section(
    {
      id: 'latent',
      title: 'Movement of the trainables',
      text: 'What was trained (of a mapping: the latent), as one point in its space: where it went, and whether it came to rest.',
    },
    cards([distanceChart({ steps }), trajectory ? path(trajectory) : '']),
  );
