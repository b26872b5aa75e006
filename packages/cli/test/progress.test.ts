// What a run says in plain lines, and what the parts of the view are made of: pace, curve, bar, fields.
import { progress, type ProgressOptions } from '@mapping-networks/cli';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bar } from '../src/progress/bar.ts';
import { curve, sparkline } from '../src/progress/curve.ts';
import { folded } from '../src/progress/event-lines.ts';
import { fitting } from '../src/progress/fields.ts';
import { pacer, smoother } from '../src/progress/pace.ts';
import { printed, run, start } from './a-run.ts';

/** Everything written for a run whose steps take `stepSeconds`. */
const written = (
  screen: { isTTY?: boolean; columns?: number },
  stepSeconds = 0.5,
  options: ProgressOptions = { env: {} },
): string => {
  let text = '';
  let time = 0;
  const listen = progress({ ...screen, write: (part) => (text += part) }, { ...options, now: () => time });
  for (const event of run) {
    if (event.type === 'step') time += stepSeconds * 1000;
    listen(event);
  }
  return text;
};

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const control = /[\u0000-\u0009\u000B-\u001F\u007F]/;

describe('plain lines', () => {
  it.each([
    ['in a pipe', {}, {}],
    ['in CI', { isTTY: true, columns: 80 }, { CI: 'true', LANG: 'C.UTF-8', NO_COLOR: '1' }],
    ['on a dumb terminal', { isTTY: true, columns: 80 }, { TERM: 'dumb', LANG: 'C.UTF-8' }],
  ])('%s are all there is', (_, screen, env) => {
    const text = written(screen, 0.1, { env });
    expect(text).not.toMatch(control);
    expect(text).toBe(`${printed.join('\n')}\n`);
  });

  it('tell of steps when nothing else was said for ten seconds', () => {
    expect(written({}, 0.1)).not.toContain('step ');
    const lines = written({}, 6).match(/^step .*$/gm) ?? [];
    expect(lines).toHaveLength(20);
    expect(lines[0]).toBe('step 2/40 | loss 0.5000, accuracy 5.00 % | 0.2 steps/s | ETA 3 min 48 s');
    const longest = Math.max(
      ...written({}, 6)
        .split('\n')
        .map((line) => line.length),
    );
    expect(longest).toBeLessThanOrEqual(100);
  });

  it('go on after the step at which a run is resumed', () => {
    let text = '';
    progress({ write: (part) => (text += part) })({ ...start, step: 300 } as typeof start);
    expect(text).toMatch(/\ngoing on after step 300\n$/);
  });

  it.each([
    ['completed', ''],
    ['aborted', ''],
    ['stopped', 'ended early: a callback asked for it\n'],
    ['patience', 'ended early: validation has stopped improving (--patience)\n'],
    ['time-limit', 'ended early: the time is up (--time-limit)\n'],
  ] as const)('say why a run ended: %s', (reason, words) => {
    let text = '';
    progress({ write: (part) => (text += part) })({ type: 'end', reason });
    expect(text).toBe(words);
  });

  it('tell with --verbose of phases and checkpoints too', () => {
    const text = written({}, 0.5, { env: {}, verbose: true });
    expect(text.split('\n').filter((line) => /^(time|checkpoint)/.test(line))).toEqual([
      'time: first step, compiled, 0.5 s',
      'checkpoint: step 20',
      'checkpoint: step 40',
      'time: training 20 s, scoring 0.0 s',
    ]);
  });

  it('colour a warning only where colours are wanted', () => {
    expect(written({}, 0.1, { env: { FORCE_COLOR: '1' } })).toContain('\u001B[33mwarning:\u001B[39m a term');
    const both = { FORCE_COLOR: '1', NO_COLOR: '1' };
    expect(written({}, 0.1, { env: both })).not.toMatch(control);
  });

  it('never pass a hundred columns where they can be folded', () => {
    const piece = fc.string({ minLength: 1, maxLength: 60 }).map((text) => text.replaceAll('\n', ' '));
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
        for (const line of folded(pieces, 100).split('\n')) expect(line.length).toBeLessThanOrEqual(100);
      }),
    );
    expect(folded(['a'.repeat(60), 'b'.repeat(60)], 100)).toBe(`${'a'.repeat(60)}\n  ${'b'.repeat(60)}`);
  });
});

describe('fields', () => {
  it('never pass the width of the window, and leave whole from the end', () => {
    const texts = fc.array(fc.string({ minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 0, max: 100 }), (given, columns) => {
        const shown = fitting(
          given.map((text) => ({ text })),
          columns,
        ).map(({ text }) => text);
        expect(shown.join('  ').length).toBeLessThanOrEqual(columns);
        if (shown.length > 1) expect(shown).toEqual(given.slice(0, shown.length));
      }),
    );
  });
});

describe('a bar', () => {
  it('is empty, half and full', () => {
    expect([0, 0.5, 1].map((done) => bar(done, 4, true))).toEqual(['────', '━━──', '━━━━']);
    expect([-1, 0.5, 2].map((done) => bar(done, 4, false))).toEqual(['----', '##--', '####']);
  });
});

describe('a curve', () => {
  it('holds the mean of everything in any number of bins, however long the run', () => {
    const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 12 }), (losses, width) => {
        // 8 sums: at 300 values they have been merged six times.
        const kept = curve(8);
        for (const value of losses) kept.add(value);
        const [mean = NaN] = kept.bins(1);
        expect(mean).toBeCloseTo(losses.reduce((sum, value) => sum + value, 0) / losses.length, 9);
        expect(kept.bins(width).length).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('keeps the order of a run', () => {
    const kept = curve(16);
    for (let index = 0; index < 1000; index += 1) kept.add(index);
    const bins = kept.bins(5);
    expect(bins).toHaveLength(5);
    expect(bins).toEqual(bins.toSorted((a, b) => a - b));
    expect(bins[0]).toBeLessThan(200);
    expect(bins[4]).toBeGreaterThan(800);
  });

  it('has a gap where nothing was a number', () => {
    const kept = curve();
    for (const value of [1, NaN, 4]) kept.add(value);
    expect(kept.bins(3)).toEqual([1, NaN, 4]);
    expect(sparkline(kept.bins(3), true)).toBe('▁ █');
  });

  it('is drawn on a logarithmic scale where that can be, and flat where all is equal', () => {
    expect(sparkline([1, 10, 100], true)).toBe('▁▅█');
    expect(sparkline([-1, 0, 1], true)).toBe('▁▅█');
    expect(sparkline([3, 3], true)).toBe('▁▁');
    expect(sparkline([1, 10, 100], false)).toBe('_=#');
    expect(sparkline([], true)).toBe('');
  });
});

describe('pace', () => {
  it('is that of the latest steps', () => {
    let time = 0;
    const pace = pacer(() => time, 10);
    for (let index = 1; index <= 50; index += 1) {
      time += 1000;
      pace(index, 100);
    }
    for (let index = 51; index <= 70; index += 1) {
      time += 250;
      pace(index, 100);
    }
    time += 250;
    expect(pace(71, 100)).toEqual({ stepsPerSecond: 4, remaining: 29 / 4 });
  });

  it('smooths without a bias towards zero', () => {
    const smooth = smoother();
    expect(smooth('loss', 3)).toBeCloseTo(3, 12);
    expect(smooth('loss', 3)).toBeCloseTo(3, 12);
    expect(smooth('accuracy', 1)).toBeCloseTo(1, 12);
  });
});
