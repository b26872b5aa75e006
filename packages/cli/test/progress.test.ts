// The bar must fit its window and leave no trace in whole lines; a pipe must never see a control character.
import type { TrainEvent } from '@mapping-networks/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barText } from '../src/progress/bar.ts';
import { pacer, smoother } from '../src/progress/pace.ts';
import { progress } from '../src/progress/progress.ts';

const steps = 40;

const start: TrainEvent = {
  type: 'start',
  steps,
  epochs: 2,
  trainables: 2048,
  targetParameters: 108618,
  engine: 'eager cpu',
  dataset: {
    name: 'glyphs',
    title: 'Glyphs',
    inputShape: [28, 28, 1],
    task: 'classification',
    classes: ['0', '1'],
    normalization: { scale: 255, mean: 0.5, std: 0.5 },
    source: { title: 'drawn', url: 'https://example.org', licence: 'Apache-2.0' },
  },
};

const step = (index: number): TrainEvent => ({
  type: 'step',
  step: index,
  steps,
  epoch: index <= steps / 2 ? 1 : 2,
  loss: 1 / index,
  learningRate: 0.1,
  metrics: { accuracy: index / steps },
});

const epoch = (index: number): TrainEvent => ({
  type: 'epoch',
  epochs: 2,
  trainables: {},
  record: {
    epoch: index,
    learningRate: 0.1,
    objective: 0.5,
    terms: {},
    train: { loss: 0.5, accuracy: 0.8 },
    validation: { loss: 0.6, accuracy: 0.75 },
    seconds: 75,
  },
});

const run: readonly TrainEvent[] = [
  start,
  ...Array.from({ length: steps / 2 }, (_, i) => step(i + 1)),
  epoch(1),
  { type: 'warning', code: 'X', message: 'a term has no effect' },
  ...Array.from({ length: steps / 2 }, (_, i) => step(steps / 2 + i + 1)),
  epoch(2),
  { type: 'end', reason: 'completed' },
];

/** Everything written for a run whose steps take `stepSeconds`. */
const written = (screen: { isTTY?: boolean; columns?: number }, stepSeconds = 0.5): string => {
  let text = '';
  let time = 0;
  const listen = progress({ ...screen, write: (part) => (text += part) }, () => time);
  for (const event of run) {
    if (event.type === 'step') time += stepSeconds * 1000;
    listen(event);
  }
  return text;
};

/** What a terminal shows in the end: carriage returns and cleared lines applied. */
const onScreen = (text: string): string[] =>
  text
    .split('\n')
    .map(
      (line) =>
        line.replaceAll('\u001B[?25l', '').replaceAll('\u001B[?25h', '').split('\r\u001B[2K').at(-1) ?? '',
    );

describe('a pipe', () => {
  it('gets plain lines only', () => {
    const text = written({});
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F]/);
    expect(text.split('\n').slice(0, 2)).toEqual([
      'training on Glyphs: 2,048 trainables for 108,618 parameters',
      '40 steps, eager cpu',
    ]);
    expect(text).toContain(
      'epoch 1/2 | train loss 0.5000, accuracy 80.00 % | validation loss 0.6000, accuracy 75.00 % | 1 min 15 s\n',
    );
    expect(text).toContain('warning: a term has no effect\n');
  });

  it('hears of steps when nothing else was said for ten seconds', () => {
    expect(written({}, 0.1)).not.toContain('step ');
    expect(written({}, 6).match(/^step /gm)?.length).toBe(20);
  });
});

describe('a terminal', () => {
  it('keeps the same whole lines as a pipe gets, and no bar', () => {
    expect(onScreen(written({ isTTY: true, columns: 100 }, 0.1))).toEqual(onScreen(written({}, 0.1)));
  });

  it('shows loss, accuracy, speed and remaining time', () => {
    const text = written({ isTTY: true, columns: 120 });
    expect(text).toMatch(
      /━─+  \d+ %  epoch 1\/2  loss \d\.\d+  accuracy \d+\.\d+ %  2\.0 steps\/s  ETA 1\d s/,
    );
  });

  it('shows the cursor again', () => {
    const text = written({ isTTY: true, columns: 80 });
    expect(text.lastIndexOf('\u001B[?25h')).toBeGreaterThan(text.lastIndexOf('\u001B[?25l'));
  });
});

describe('barText', () => {
  it('never passes the width of the window', () => {
    const fields = fc.array(fc.string({ minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fields,
        fc.integer({ min: 0, max: 200 }),
        (done, texts, columns) => {
          expect(barText(done, texts, columns).length).toBeLessThanOrEqual(columns);
        },
      ),
    );
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
