// The chart of a sensitivity scan: whole XML, a line and a name for each layer, whatever layers are called.
import { sensitivityChart, type SensitivityData } from '@mapping-networks/report';
import { MappingNetworksError } from '@mapping-networks/core';
import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';

const scan = (names: readonly string[]): SensitivityData => ({
  baseline: { accuracy: 0.97, loss: 0.1 },
  layers: names.map((name, k) => ({
    name,
    points: [0.5, 0.9].map((sparsity) => ({
      sparsity,
      scores: { accuracy: 0.97 - 0.1 * (k + 1) * sparsity, loss: 0.1 + sparsity },
    })),
  })),
});

const parsed = (svg: string): Element =>
  parseHTML(`<!doctype html><html><body>${svg}</body></html>`).document.body.children[0] as Element;

test('each layer has its line, its points with the whole network first, and its name', () => {
  const names = ['conv1', 'conv2', 'fc1', 'fc2', 'fc3', 'fc4', '<b> & "more">'];
  const svg = sensitivityChart(scan(names));
  expect(svg).toMatch(/^<svg [^]* xmlns="http:\/\/www.w3.org\/2000\/svg"><style>[^]*<\/svg>$/);
  const root = parsed(svg);
  expect([...root.querySelectorAll('text.end')].map((end) => end.textContent)).toEqual(names);
  expect(root.querySelectorAll('circle')).toHaveLength(3 * names.length);
  expect(root.querySelectorAll('[stroke-dasharray]').length).toBeGreaterThanOrEqual(2);
  expect(root.getAttribute('aria-description')).toContain('conv1: from 0.97 to 0.88');
  expect(root.querySelector('b')).toBeNull();
  expect(root.querySelectorAll('style')).toHaveLength(2);
});

test('any score; nothing where there is none', () => {
  expect(sensitivityChart(scan(['fc1']), 'loss')).toContain('loss, one pruned at a time by pruned share');
  expect(sensitivityChart({ ...scan(['fc1']), baseline: {} }, 'recall')).toBe('');
  expect(sensitivityChart(scan([]))).toBe('');
});

test('scores that are no number are left out, and leave the others as they are', () => {
  const whole = parsed(sensitivityChart(scan(['conv1', 'fc1'])));
  const [conv1, ...others] = scan(['conv1', 'fc1']).layers;
  const points = [
    ...(conv1?.points ?? []),
    { sparsity: 0.95, scores: { accuracy: Number.NaN } },
    { sparsity: 0.96, scores: { accuracy: Number.POSITIVE_INFINITY } },
  ];
  const svg = sensitivityChart({ ...scan([]), layers: [{ name: 'conv1', points }, ...others] });
  expect(svg).not.toContain('NaN');
  expect(parsed(svg).outerHTML).toBe(whole.outerHTML);
});

test('long names and many layers have their room', () => {
  const names = Array.from({ length: 34 }, (_, i) => `encoder.block${i}.attention.kernel`);
  const root = parsed(sensitivityChart(scan(names)));
  const [, , width = 0, height = 0] = (root.getAttribute('viewBox') ?? '').split(' ').map(Number);
  const ends = [...root.querySelectorAll('text.end')];
  const places = ends.map((end) => Number(end.getAttribute('y')));
  const sorted = places.toSorted((a, b) => a - b);
  expect(sorted[0]).toBeGreaterThanOrEqual(0);
  expect(sorted.at(-1)).toBeLessThan(height - 50);
  sorted.slice(1).forEach((place, i) => expect(place - (sorted[i] ?? 0)).toBeGreaterThan(14));
  // Bold letters of 12 pixels are 7.5 wide on average.
  const right = Number(ends[0]?.getAttribute('x')) + 7.5 * (names.at(-1)?.length ?? 0);
  expect(right).toBeLessThan(width - 12);
  expect(root.getAttribute('width')).toBe(String(width));
});

test('what is no scan is refused', () => {
  expect(() => sensitivityChart({ baseline: {} } as never)).toThrow(MappingNetworksError);
});
