// The charts of a comparison, a set of them for each dataset that runs were trained on.
import { escape } from '../escape.ts';
import { section } from '../page/section.ts';
import type { Look } from './colours.ts';
import type { Comparison } from './comparison.ts';
import { grounds } from './grounds.ts';
import { groupCurves, lengthOf, type ChartedScore } from './group-curve.ts';
import { legend } from './marks.ts';
import { overlayChart } from './overlay-chart.ts';
import type { SeedGroup } from './seed-groups.ts';

type Looks = ReadonlyMap<string, Look>;

/** Validation before training, the metric before the loss: what is decided by comes first. */
const charted = ([first]: readonly SeedGroup[]): readonly ChartedScore[] => {
  const metric = first?.runs[0]?.metric?.name;
  return [...(metric === undefined ? [] : [metric]), 'loss'].flatMap((name) => [
    { name, split: 'validation' as const },
    { name, split: 'train' as const },
  ]);
};

const chart = (groups: readonly SeedGroup[], score: ChartedScore, looks: Looks): string => {
  const length = lengthOf(groups);
  const curves = groups.flatMap((group) => {
    const look = looks.get(group.letter);
    return look ? groupCurves(group, score, length).map((curve) => ({ ...curve, look })) : [];
  });
  const drawn = overlayChart(curves, score);
  const title = `${score.split === 'train' ? 'Training' : 'Validation'} ${score.name}`;
  return drawn === ''
    ? ''
    : `<figure class="card chart"><figcaption><h3>${escape(title)}</h3></figcaption>${drawn}</figure>`;
};

/** The charts of all groups; nothing where no run has a curve. */
export const curves = (groups: readonly SeedGroup[], comparison: Comparison, looks: Looks): string => {
  const separate = grounds(groups);
  const parts = separate.flatMap((members) => {
    const charts = charted(members)
      .map((score) => chart(members, score, looks))
      .filter((each) => each !== '');
    if (charts.length === 0) return [];
    const letters = new Set(members.map(({ letter }) => letter));
    const summaries = comparison.groups.filter(({ letter }) => letters.has(letter));
    const title = separate.length > 1 ? `<h3>${escape(members[0]?.runs[0]?.dataset.title ?? '')}</h3>` : '';
    return [`${title}${legend(summaries, looks)}<div class="pairs">${charts.join('\n')}</div>`];
  });
  const banded = groups.some(({ repetitions }) => repetitions.length > 1);
  const heading = {
    id: 'curves',
    title: 'Curves',
    ...(banded && { text: 'Lines are means over seeds, bands one standard deviation to either side.' }),
  };
  return section(heading, parts.join('\n'));
};
