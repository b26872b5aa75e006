// The page shows what it was given, from figures to charts, and leaves out what it was not.
import { renderReport, type ReportData } from '@mapping-networks/report';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { bare, classified, full, regressed } from './sample-report.ts';

const documentOf = (data: ReportData): Document => parseHTML(renderReport(data)).document;
const texts = (document: Document, selector: string): (string | null)[] =>
  [...document.querySelectorAll(selector)].map(({ textContent }) => textContent);
const cardOf = (document: Document, title: string): Element | undefined =>
  [...document.querySelectorAll('figure')].find((one) =>
    one.querySelector('h3')?.textContent?.startsWith(title),
  );

const document = documentOf(full);

describe('renderReport', () => {
  it('shows title, notices, figures and tables', () => {
    expect(texts(document, 'h1')).toEqual(['A run of <mlp> & friends']);
    expect(texts(document, '.notice')).toEqual(['Interrupted after step 40 of 60.']);
    expect(texts(document, '.facts dd')[0]).toBe('91.2 %linear: 80 %');
    expect(texts(document, '#beside tbody > tr > *')).toEqual(['accuracy', '91.2 %', '80.0 %']);
  });

  it('has a section for everything that the run holds, and links to each', () => {
    const sections = [
      'Beside',
      'Training',
      'Predictions',
      'Most confident mistakes',
      'First examples',
      'Weights of each layer',
      'Movement of the trainables',
      'Config',
      'Environment',
    ];
    expect(texts(document, 'h2')).toEqual(sections);
    expect(texts(document, 'nav a')).toEqual(sections);
  });

  it('draws scores, terms, contributions and the learning rate', () => {
    expect(texts(document, '#training h3')).toEqual([
      'Loss',
      'Accuracy',
      'Terms of the loss',
      'What each term contributes',
      'Learning rate',
    ]);
    expect(texts(document, '#training figure:nth-child(4) .end')).toEqual([
      'crossEntropy',
      'stability',
      'objective',
    ]);
    expect(cardOf(document, 'What each term')?.textContent).toContain(
      'Fixed weights: crossEntropy 1, stability 0.5.',
    );
  });

  it('without validation speaks of none and draws none', () => {
    const epochs = full.epochs.map((each) => {
      const { validation: _, ...record } = each;
      return record;
    });
    const linesOf = (page: Document): string[] =>
      (cardOf(page, 'Accuracy')?.innerHTML ?? '').match(/\w+(?=: from )/g) ?? [];
    const without = documentOf({ ...full, epochs });
    const words = texts(without, '#training p, #training figcaption').join(' ');
    expect(words).toContain('There was no validation while training');
    expect(words).not.toContain('Validation:');
    expect(linesOf(without)).toEqual(['training']);
    const some = texts(document, '#training p, #training figcaption').join(' ');
    expect(some).toContain('Where validation parts from training');
    expect(some).toContain('Validation: after each epoch.');
    expect(linesOf(document)).toEqual(['training', 'validation']);
  });

  it('writes names of metrics as headings', () => {
    const epochs = full.epochs.map((record) => ({ ...record, train: { loss: 1, meanAbsoluteError: 2 } }));
    expect(texts(documentOf({ ...bare, epochs }), '#training h3')).toContain('Mean absolute error');
  });

  it('draws weights that change', () => {
    const epochs = full.epochs.map((record) => ({
      ...record,
      weights: { crossEntropy: 1, stability: record.epoch },
    }));
    const changed = documentOf({ ...full, epochs });
    expect(cardOf(changed, 'Weights of the terms')?.querySelectorAll('circle').length).toBe(4);
    expect(cardOf(document, 'Weights of the terms')).toBeUndefined();
  });

  it('compares the task loss with the task loss: of several terms, the epochs tell it, not the steps', () => {
    expect(cardOf(document, 'Loss')?.querySelectorAll('circle').length).toBe(4);
    const steps = full.steps.map(({ step = 0, epoch, scores }) => ({ step, epoch, scores }));
    const epochs = full.epochs.map((record) => ({
      ...record,
      terms: { crossEntropy: 1 },
      weights: { crossEntropy: 1 },
    }));
    const single = documentOf({ ...full, steps, epochs });
    expect(cardOf(single, 'Loss')?.querySelectorAll('circle').length).toBe(2);
    expect(cardOf(single, 'Terms of the loss')).toBeUndefined();
    const cut = documentOf({ ...full, epochs: [] });
    expect(cardOf(cut, 'Loss')?.textContent).toContain('The weighted sum of all terms.');
    expect(cardOf(single, 'Loss')?.textContent).toContain('What the task alone costs.');
  });

  it('draws a score over decades on a logarithmic axis, and says so', () => {
    const over = (factor: number): string => {
      const steps = [0, 1, 2].map((i) => ({ epoch: i, scores: { loss: factor ** -i } }));
      return renderReport({ ...bare, steps });
    };
    expect(over(10)).toContain('log scale');
    expect(over(2)).not.toContain('log scale');
    const ticks = parseHTML(over(10)).document.querySelectorAll('svg text');
    expect([...ticks].map((tick) => tick.textContent)).toEqual(expect.arrayContaining(['0.01', '0.1', '1']));
  });

  it('draws runs of any length in little', () => {
    const first = full.epochs[0];
    const epochs = Array.from({ length: 130_000 }, (_, i) => ({ ...first, epoch: i + 1 }) as typeof first);
    const steps = epochs.map((_, i) => ({ step: i + 1, epoch: i + 1, scores: { loss: 2 + (i % 2) } }));
    const page = renderReport({ ...bare, steps, epochs: epochs.filter((epoch) => epoch !== undefined) });
    expect(cardOf(parseHTML(page).document, 'Loss')?.querySelectorAll('circle').length).toBeLessThan(1000);
    expect(page.length).toBeLessThan(1_000_000);
  });

  it('draws the curves of a run without a log from its epochs', () => {
    const older = documentOf({ ...full, steps: [] });
    // Two epochs of training and of validation, each marked.
    expect(cardOf(older, 'Accuracy')?.querySelectorAll('circle').length).toBe(4);
    expect(cardOf(older, 'Learning rate')?.querySelectorAll('circle').length).toBe(2);
  });

  it('counts the confusions, and paints right and wrong ones', () => {
    // 60 examples of three classes, every fourth taken for the next class: five of each.
    expect(texts(document, '.confusion tbody td')).toEqual(['15', '5', '0', '0', '15', '5', '5', '0', '15']);
    expect(document.querySelectorAll('.confusion .hit').length).toBe(3);
    expect(document.querySelectorAll('.confusion .miss').length).toBe(3);
    expect(texts(document, '.scores tbody tr:first-child > *')).toEqual([
      'zero',
      ...Array.from({ length: 3 }, () => '75.0\u00A0%'),
      '20',
    ]);
  });

  it('names the most confused pairs where a matrix would be too large', () => {
    const classes = Array.from({ length: 40 }, (_, index) => `class ${index}`);
    const many = documentOf({ ...full, predictions: classified(classes, 800) });
    expect(many.querySelector('.confusion')).toBeNull();
    expect(many.querySelectorAll('.confused tbody tr').length).toBe(10);
    expect(many.querySelectorAll('.scores tbody tr').length).toBe(15);
  });

  it('tells how well confidence fits, and shows the surest mistakes first', () => {
    expect(texts(document, '.small-facts dt')).toEqual([
      'Expected calibration error',
      'Brier score',
      'Negative log-likelihood',
    ]);
    const shares = texts(document, '#mistakes figcaption span:not(.truth)').map((text) =>
      Number.parseFloat(text ?? ''),
    );
    expect(shares.length).toBe(15);
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
    expect(document.querySelector('#mistakes p')?.textContent).toContain('15 of 60 examples');
  });

  it('lists mistakes that have no picture', () => {
    const { picture: _, ...plain } = classified(['a', 'b'], 20);
    const listed = documentOf({ ...bare, predictions: plain });
    expect(listed.querySelectorAll('#mistakes tbody tr').length).toBe(5);
    expect(listed.querySelectorAll('img').length).toBe(0);
  });

  it('shows a regression by its errors, without classes', () => {
    const page = documentOf({ ...full, predictions: regressed });
    expect(texts(page, '#predictions h3')).toEqual(['Predicted and true', 'Errors']);
    expect(cardOf(page, 'Predicted')?.textContent).toContain('1,500 of 3,000 values');
    expect(page.querySelector('.confusion, .scores, #mistakes')).toBeNull();
  });

  it('tells right examples from wrong ones in words', () => {
    expect(texts(document, '#gallery-1 figcaption')).toEqual(['✓ 3 98.7\u00A0%', '✗ "6" 51.0\u00A0%is 5']);
    expect(document.querySelectorAll('#gallery-1 .wrong').length).toBe(1);
  });

  it('compares the weights of a layer with their start, where it is known', () => {
    expect(texts(document, '#weights h3')).toEqual(['fc1 500 weights', 'fc2 20 weights']);
    const keys = [...document.querySelectorAll('#weights figure')].map(
      (one) => one.querySelectorAll('.key').length,
    );
    expect(keys).toEqual([2, 1]);
  });

  it('says how much of the latent its way was found from', () => {
    const text = cardOf(document, 'Trajectory')?.textContent;
    expect(text).toContain('5 moments of the run, 64 of 128 coordinates');
    expect(text).toContain('end, step 40');
  });

  it('shows the config as JSON that can be copied, short lists on one line', () => {
    const json = document.querySelector('pre')?.textContent ?? '';
    expect(JSON.parse(json)).toEqual(full.config);
    expect(json).toContain('"shape": [28, 28, 1]');
    expect(document.querySelector('button')?.getAttribute('data-copy')).toBe(
      document.querySelector('pre')?.id,
    );
  });

  it('leaves out the sections that a run has no data for', () => {
    expect(documentOf(bare).querySelectorAll('section, dl, img, table, nav, script').length).toBe(0);
  });
});
