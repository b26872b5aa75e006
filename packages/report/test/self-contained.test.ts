// A page must carry everything itself, be whole HTML, take any text without becoming other HTML, and show no number
// that is none.
import { renderReport, type ReportData } from '@mapping-networks/report';
import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bare, classified, full, regressed } from './sample-report.ts';

const void_ = new Set(['meta', 'img', 'br', 'hr', 'input', 'link']);

/** Opens and closes every element in order; the text of style, script and attributes holds no `<` of its own. */
const unbalanced = (html: string): string | undefined => {
  const open: string[] = [];
  for (const [, close, name = '', rest = ''] of html.matchAll(
    /<(\/?)([a-zA-Z][\w-]*)((?:"[^"]*"|[^">])*)>/g,
  )) {
    if (close === '') {
      if (!void_.has(name) && !rest.endsWith('/')) open.push(name);
    } else if (open.pop() !== name) return name;
  }
  return open.at(-1);
};

const pages: readonly (readonly [name: string, data: ReportData])[] = [
  ['a full run', full],
  ['a regression', { ...full, predictions: regressed }],
  [
    'a hundred classes',
    {
      ...full,
      predictions: classified(
        Array.from({ length: 100 }, (_, i) => `c${i}`),
        500,
      ),
    },
  ],
  ['nothing', bare],
];

describe.each(pages)('the page of %s', (_, data) => {
  const page = renderReport(data);
  const { document } = parseHTML(page);

  it('needs nothing from anywhere', () => {
    const addresses = [...page.matchAll(/(?:https?:)?\/\/[\w.-]+\.\w+/g)].map(([address]) => address);
    expect(addresses.filter((address) => !address.endsWith('//www.w3.org'))).toEqual([]);
    expect(document.querySelectorAll('link, iframe, object, embed, form, base').length).toBe(0);
    expect(
      [...document.querySelectorAll('[src]')].every((one) =>
        one.getAttribute('src')?.startsWith('data:image/png;base64,'),
      ),
    ).toBe(true);
    expect(
      [...document.querySelectorAll('[href]')].every((one) => one.getAttribute('href')?.startsWith('#')),
    ).toBe(true);
    expect(page).not.toMatch(/@import|url\(/);
  });

  it('is whole HTML, whose links lead somewhere', () => {
    expect(unbalanced(page)).toBeUndefined();
    expect(page.startsWith('<!doctype html>\n<html lang="en">')).toBe(true);
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const link of document.querySelectorAll('a'))
      expect(ids).toContain(link.getAttribute('href')?.slice(1));
  });

  it('can be heard: charts, pictures and tables have names, headings are in order', () => {
    for (const chart of document.querySelectorAll('figure svg')) {
      expect(chart.getAttribute('role')).toBe('img');
      expect(chart.getAttribute('aria-label')).toBeTruthy();
    }
    for (const image of document.querySelectorAll('img')) expect(image.getAttribute('alt')).toBeTruthy();
    for (const table of document.querySelectorAll('table'))
      expect(table.querySelector('caption')?.textContent).toBeTruthy();
    const levels = [...document.querySelectorAll('h1, h2, h3')].map(({ tagName }) =>
      Number(tagName.slice(1)),
    );
    expect(levels[0]).toBe(1);
    levels.slice(1).forEach((level, index) => expect(level - (levels[index] ?? 0)).toBeLessThanOrEqual(1));
  });

  it('shows no number that is none', () => {
    expect(document.body.textContent).not.toMatch(/\bNaN\b|undefined|Infinity|\bnull\b/);
    expect(
      [...document.querySelectorAll('svg *')].some(({ outerHTML }) =>
        /NaN|undefined|Infinity/.test(outerHTML),
      ),
    ).toBe(false);
  });
});

describe('a page', () => {
  it('runs its own script and no other', () => {
    const { document } = parseHTML(renderReport(full));
    const [script, ...more] = document.querySelectorAll('script');
    expect(more).toEqual([]);
    const hash = createHash('sha256')
      .update(script?.textContent ?? '')
      .digest('base64');
    const policy = document.querySelector('meta[http-equiv]')?.getAttribute('content');
    expect(policy).toContain(`script-src 'sha256-${hash}'`);
    expect(policy).toContain("default-src 'none'");
    expect(script?.textContent).not.toMatch(/eval|Function\(/);
    expect(document.querySelector('button')?.hasAttribute('hidden')).toBe(true);
  });

  it('leaves numbers that are not finite out of its charts', () => {
    const broken = full.steps.map((step, index) =>
      index % 3 === 0
        ? { ...step, scores: { loss: Number.NaN, accuracy: Number.POSITIVE_INFINITY }, norm: Number.NaN }
        : step,
    );
    const page = renderReport({
      ...full,
      steps: broken,
      layers: [
        {
          layer: 'fc1',
          trained: Float32Array.of(1, Number.NaN, 2),
          initial: Float32Array.of(Number.POSITIVE_INFINITY),
        },
      ],
      trajectory: {
        snapshots: [0, 1, 2].map((step) => ({ step, values: Float32Array.of(Number.NaN, step) })),
        of: 2,
      },
    });
    const { document } = parseHTML(page);
    expect(
      [...document.querySelectorAll('svg')].some(({ outerHTML }) => /NaN|Infinity/.test(outerHTML)),
    ).toBe(false);
    expect(document.body.textContent).not.toMatch(/NaN|Infinity/);
  });

  it('defines its colours for light, dark and paper', () => {
    const page = renderReport(bare);
    expect(page).toMatch(/:root\{color-scheme:light dark;--page:#/);
    expect(page).toMatch(/@media screen and \(prefers-color-scheme:dark\)\{:root\{--page:#/);
    expect(page).toContain('@media print');
    const used = new Set([...renderReport(full).matchAll(/var\(--([\w-]+)/g)].map(([, name = '']) => name));
    const set = new Set([...renderReport(full).matchAll(/--([\w-]+):/g)].map(([, name = '']) => name));
    expect([...used].filter((name) => !set.has(name))).toEqual([]);
  });

  it('takes any text as text', () => {
    const hostile = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '<script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        "' onload='alert(1)",
        '</style><b>',
        '</pre>',
        '&lt;',
        '<!--',
        'javascript:alert(1)',
      ),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        const { document } = parseHTML(
          renderReport({
            ...bare,
            title: text,
            subtitle: text,
            notices: [text],
            facts: [{ label: text, value: text, note: text }],
            table: { caption: text, columns: [text, text], rows: [[text, text]] },
            epochs: [
              {
                epoch: 1,
                learningRate: 1,
                objective: 1,
                terms: { [`${text}1`]: 1, [`${text}2`]: 2 },
                train: { loss: 1, [text]: 2 },
                seconds: 1,
              },
            ],
            predictions: { ...classified([text, `${text}!`], 8), split: text },
            layers: [{ layer: text, trained: Float32Array.of(1, 2, 3) }],
            config: { [text]: text },
            environment: [{ label: text, value: text, note: text }],
          }),
        );
        expect(document.querySelectorAll('script').length).toBe(1);
        expect(document.querySelectorAll('img[src="x"], [onerror], [onload], body b b').length).toBe(0);
        expect(JSON.parse(document.querySelector('pre')?.textContent ?? '')).toEqual({ [text]: text });
      }),
      { numRuns: 60 },
    );
  });
});
