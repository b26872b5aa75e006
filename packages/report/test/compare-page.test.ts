// The page of a comparison: self-contained, escaped, without NaN, and drawn as the numbers say.
import { renderComparison, type ComparedRun } from '@mapping-networks/report';
import { parseHTML } from 'linkedom';
import { expect, it } from 'vitest';
import { dark, light } from '../src/compare/colours.ts';
import { light as lightPage, dark as darkPage } from '../src/style/colours.ts';
import { compared } from './compared-run.ts';

const render = (...runs: ComparedRun[]): string => renderComparison({ title: 'Some runs', runs });
const parsed = (page: string): Document => parseHTML(page).document;

const group = (width: number, scores: readonly number[], epochs = 3): ComparedRun[] =>
  scores.map((score, seed) => ({
    ...compared({ config: { width }, seed, score, epochs }),
    name: `w${width}-s${seed}`,
  }));

const text = (document: Document, selector: string): string[] =>
  [...document.querySelectorAll(selector)].map((element) => (element.textContent ?? '').trim());

it('says in the table what the numbers say', () => {
  const document = parsed(render(...group(8, [0.8, 0.82]), ...group(16, [0.9, 0.92])));
  const [table] = [...document.querySelectorAll('table.compare')];
  const rows = [...(table?.querySelectorAll('tbody tr') ?? [])];
  const cells = rows.map((row) => [...row.children].map((cell) => (cell.textContent ?? '').trim()));
  expect(cells[0]?.slice(0, 4)).toEqual(['A2\u00A0seeds', '8', '82.00 ± 1.41', '81.00 ± 1.41']);
  expect(cells[1]?.slice(0, 4)).toEqual(['B2\u00A0seeds', '16', '92.00 ± 1.41', '91.00 ± 1.41']);
  expect(rows[1]?.querySelector('b')?.textContent).toBe('92.00 ± 1.41');
  expect(text(document, '.shared dt')).toContain('trainables');
  expect(text(document, 'details table tbody th')).toHaveLength(4);
});

it('draws a line and a band for each group, with its letter at the end', () => {
  const document = parsed(render(...group(8, [0.8, 0.82]), ...group(16, [0.9, 0.92])));
  const charts = [...document.querySelectorAll('.chart svg[role=img]')];
  expect(charts.map((chart) => chart.getAttribute('aria-label'))).toEqual([
    'validation accuracy by epoch',
    'train accuracy by epoch',
    'validation loss by epoch',
    'train loss by epoch',
  ]);
  for (const chart of charts) {
    expect([...chart.querySelectorAll('text.end')].map((letter) => letter.textContent)).toEqual(['A', 'B']);
    expect(chart.querySelectorAll('g[aria-label="area"] path')).toHaveLength(2);
    expect(chart.querySelectorAll('g[aria-label="line"] path')).toHaveLength(2);
  }
});

it('beyond eight groups the less good ones are grey, and share an entry of the legend', () => {
  const runs = Array.from({ length: 11 }, (_, i) => group(i + 1, [0.5 + i / 50])).flat();
  const document = parsed(render(...runs));
  expect(document.querySelectorAll('.legend li')).toHaveLength(9);
  expect(text(document, '.legend li').at(-1)).toBe('A, B, C: not among the best on validation');
  const [chart] = [...document.querySelectorAll('.chart svg[role=img]')];
  expect(chart?.querySelectorAll('g[aria-label="line"][stroke="var(--rest)"]')).toHaveLength(3);
});

it('without validation the first eight are in colour, and none is the best', () => {
  const runs = Array.from({ length: 9 }, (_, i) => group(i + 1, [0.5 + i / 50])).flat();
  const without = runs.map((run) => {
    const { validation: _, ...scores } = run.scores;
    return { ...run, scores };
  });
  const document = parsed(render(...without));
  expect(text(document, '.legend li').at(-1)).toBe('I: not among the first');
  expect(text(document, '.notice').join()).toContain('No run has a score on validation');
  expect(document.querySelector('b[title="best on validation"]')).toBeNull();
  expect(text(document, 'body').join()).not.toContain('Best on validation');
});

it('a long run is drawn with few points', () => {
  const [run] = group(8, [0.8], 5000);
  if (!run) throw new Error('no run');
  const document = parsed(render(run, ...group(16, [0.9])));
  for (const path of document.querySelectorAll('.chart g[aria-label="line"] path'))
    expect((path.getAttribute('d') ?? '').split('L').length).toBeLessThanOrEqual(80);
});

it('carries everything itself and runs no script', () => {
  const page = render(...group(8, [0.8, 0.82]), ...group(16, [0.9, 0.92]));
  expect(page).not.toMatch(/https?:|url\(|@import/);
  expect(parsed(page).querySelectorAll('script, link, iframe, img, object')).toHaveLength(0);
});

const hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>&amp;\'';

it('hostile names, options and scores stay text', () => {
  const runs = group(8, [0.8, 0.82]).map((run) => ({
    ...run,
    name: hostile,
    unfinished: hostile,
    config: { ...run.config, [hostile]: hostile, deep: { [hostile]: { use: hostile } }, __proto__: null },
    dataset: { name: hostile, title: hostile, task: 'classification' as const },
    metric: { name: hostile, better: 'higher' as const },
    scores: { validation: { loss: 1, [hostile]: 0.5 } },
    epochs: run.epochs.map((epoch) => ({ ...epoch, validation: { loss: 1, [hostile]: 0.5 } })),
  }));
  const page = renderComparison({ title: hostile, runs: [...runs, ...group(16, [0.9, 0.92])] });
  const document = parsed(page);
  expect(document.querySelectorAll('script, img')).toHaveLength(0);
  expect(
    [...document.querySelectorAll('*')].flatMap((e) => [...e.attributes]).map(({ name }) => name),
  ).not.toContain('onerror');
  expect(document.querySelector('h1')?.textContent).toBe(hostile);
  // In the quoted attributes of an SVG a bracket is text; a quote would end them.
  expect(page).not.toContain('"><script>');
});

it('nothing reads NaN, undefined or Infinity, whatever is missing or not finite', () => {
  const [full] = group(8, [0.8]);
  if (!full) throw new Error('no run');
  const bare: ComparedRun = {
    name: 'bare',
    config: {},
    dataset: full.dataset,
    trainables: 1,
    parameters: 1,
    scores: {},
    steps: [],
    epochs: [],
  };
  const broken: ComparedRun = {
    ...full,
    name: 'broken',
    seconds: Number.NaN,
    gap: Number.POSITIVE_INFINITY,
    scores: { validation: { loss: Number.NaN, accuracy: Number.NaN } },
    steps: full.steps.map((step) => ({ ...step, scores: { loss: Number.NaN, accuracy: 0.5 } })),
  };
  for (const runs of [[], [bare], [bare, full], [full, broken], [broken, bare], group(1, [0.1, 0.2], 1)]) {
    const document = parsed(render(...runs));
    for (const style of document.querySelectorAll('style')) style.remove();
    expect(document.documentElement.outerHTML).not.toMatch(/NaN|undefined|Infinity/);
  }
});

it('warns that choosing by test is selection', () => {
  for (const runs of [group(8, [0.8]), [...group(8, [0.8, 0.82]), ...group(16, [0.9, 0.92])]])
    expect(parsed(render(...runs)).querySelector('.warning')?.textContent).toContain('is selection');
});

/** Relative luminance and contrast as WCAG 2.2 defines them. */
const luminance = (hex: string): number => {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
};
const contrast = (a: string, b: string): number => {
  const [least = 0, most = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (most + 0.05) / (least + 0.05);
};

it('lines and letters stand out from the card: contrast of 4.5 in colour, 3 in grey', () => {
  for (const [own, page] of [
    [light, lightPage],
    [dark, darkPage],
  ] as const) {
    for (const colour of own.colours) {
      expect(contrast(colour, page.card), colour).toBeGreaterThanOrEqual(4.5);
      expect(contrast(colour, page.page), colour).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(own.rest, page.card)).toBeGreaterThanOrEqual(3);
  }
});
