// A page must carry everything itself, show every number it was given, and take any text without becoming other HTML.
import { pictureOf, renderReport, type ReportData } from '@mapping-networks/report';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';

const picture = pictureOf(
  new Float32Array(16).map((_, i) => i / 15),
  {
    inputShape: [4, 4, 1],
    normalization: { scale: 255, mean: 0, std: 1 },
  },
);

const data: ReportData = {
  title: 'A run of <mlp> & friends',
  subtitle: 'Two epochs.',
  facts: [{ label: 'Test accuracy', value: '91.2 %', note: 'linear: 80 %' }],
  table: {
    caption: 'Beside',
    columns: ['network', 'accuracy'],
    rows: [
      ['mlp', '91.2 %'],
      ['linear', '80.0 %'],
    ],
  },
  steps: Array.from({ length: 40 }, (_, i) => ({
    epoch: (i + 1) / 20,
    scores: { loss: 1 / (i + 1), accuracy: i / 40 },
  })),
  epochs: [1, 2].map((epoch) => ({
    epoch,
    learningRate: 0.1,
    objective: 1,
    terms: {},
    train: { loss: 1 / epoch, accuracy: epoch / 3 },
    validation: { loss: 1.1 / epoch, accuracy: epoch / 4 },
    seconds: 1,
  })),
  galleries: [
    {
      title: 'Predictions',
      text: 'Two examples.',
      samples: [
        { picture, label: '3', predicted: '3', probability: 0.987 },
        { picture, label: '5', predicted: '"6"', probability: 0.51 },
      ],
    },
    { title: 'Mistakes', text: 'None.', samples: [] },
  ],
  record: { note: '</pre><script>alert(1)</script>' },
};

const page = renderReport(data);
const { document } = parseHTML(page);

describe('renderReport', () => {
  it('needs neither the network nor a script', () => {
    const addresses = [...page.matchAll(/(?:https?:)?\/\/[\w.-]+/g)].map(([address]) => address);
    expect(addresses.filter((address) => !address.endsWith('//www.w3.org'))).toEqual([]);
    expect(document.querySelectorAll('script, link, iframe').length).toBe(0);
    expect(
      [...document.querySelectorAll('img')].every((image) => image.src.startsWith('data:image/png;base64,')),
    ).toBe(true);
  });

  it('shows what it was given', () => {
    expect(document.querySelector('h1')?.textContent).toBe('A run of <mlp> & friends');
    expect(document.querySelector('.facts dd')?.textContent).toBe('91.2 %linear: 80 %');
    const cells = [...document.querySelectorAll('tbody th, tbody td')].map((cell) => cell.textContent);
    expect(cells).toEqual(['mlp', '91.2 %', 'linear', '80.0 %']);
    expect(document.querySelector('pre')?.textContent).toContain('</pre><script>');
  });

  it('draws one chart for each score, with a point for each validation', () => {
    const charts = [...document.querySelectorAll('.curve')];
    expect(charts.map((chart) => chart.querySelector('figcaption b')?.textContent)).toEqual([
      'loss',
      'accuracy',
    ]);
    for (const chart of charts) expect(chart.querySelectorAll('circle').length).toBe(2);
  });

  it('draws a score over decades on a logarithmic axis, and says so', () => {
    const over = (factor: number): string => {
      const steps = [0, 1, 2].map((i) => ({ epoch: i, scores: { loss: factor ** -i } }));
      return renderReport({ ...data, steps, epochs: [] });
    };
    expect(over(10)).toContain('log scale');
    expect(over(2)).not.toContain('log scale');
    const ticks = parseHTML(over(10)).document.querySelectorAll('.curve text');
    expect([...ticks].map((tick) => tick.textContent)).toEqual(expect.arrayContaining(['0.01', '0.1', '1']));
  });

  it('does not round a prediction up to certainty', () => {
    const shown = (probability: number): string => {
      const samples = [{ picture, label: '1', predicted: '1', probability }];
      const grid = renderReport({ ...data, galleries: [{ title: 'One', text: '', samples }] });
      return parseHTML(grid).document.querySelector('.samples span')?.textContent ?? '';
    };
    expect([0.994, 0.999, 1].map(shown)).toEqual(['99 %', '>99 %', '>99 %']);
  });

  it('tells right predictions from wrong ones in words', () => {
    const captions = [...document.querySelectorAll('.samples figcaption')].map(
      (caption) => caption.textContent,
    );
    expect([...document.querySelectorAll('h2')].map((title) => title.textContent)).toEqual([
      'Beside',
      'Training',
      'Predictions',
    ]);
    expect(captions).toEqual(['✓ 3 99 %', '✗ "6" 51 %is 5']);
    expect(document.querySelectorAll('.samples .wrong').length).toBe(1);
  });

  it('leaves out the sections that a run has no data for', () => {
    const { table, ...rest } = data;
    const bare = renderReport({ ...rest, facts: [], steps: [], epochs: [], galleries: [] });
    expect(table).toBeDefined();
    expect(parseHTML(bare).document.querySelectorAll('section, dl, img, table').length).toBe(0);
  });

  it('draws the curves of a run without steps from its epochs', () => {
    const { document: drawn } = parseHTML(renderReport({ ...data, steps: [] }));
    expect(drawn.querySelectorAll('.curve').length).toBe(2);
    // Two epochs are too few for a line alone: training shows its points too.
    expect(drawn.querySelector('.curve')?.querySelectorAll('circle').length).toBe(4);
  });
});
