import { pictureOf, renderReport } from '@mapping-networks/report';
import { writeFileSync } from 'node:fs';

const info = { inputShape: [2, 2, 1], normalization: { scale: 255, mean: 0.5, std: 0.5 } };
const picture = pictureOf(Float32Array.of(-1, 0, 0, 1), info);

const page = renderReport({
  title: 'A first run',
  subtitle: 'Two steps on four pixels.',
  facts: [{ label: 'Test accuracy', value: '100 %', note: 'of one example' }],
  steps: [1, 2].map((epoch) => ({ epoch, scores: { loss: 1 / epoch, accuracy: epoch / 2 } })),
  epochs: [],
  galleries: [
    { title: 'Predictions', text: 'All.', samples: [{ picture, label: 'a', predicted: 'a', probability: 0.9 }] },
  ],
  record: { seed: 0 },
});
writeFileSync('report.html', page);
