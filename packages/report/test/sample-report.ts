// A run that has everything a report can show, small.
import {
  pictureOf,
  type Classification,
  type Regression,
  type ReportData,
  type StepPoint,
} from '@mapping-networks/report';

const picture = pictureOf(
  new Float32Array(16).map((_, index) => index / 15),
  { inputShape: [4, 4, 1], normalization: { scale: 255, mean: 0, std: 1 } },
);

/** `n` examples of some classes, every fourth wrong, each a little less sure than the last. */
export const classified = (classes: readonly string[], n: number): Classification => {
  const k = classes.length;
  const labels = Int32Array.from({ length: n }, (_, index) => index % k);
  const probabilities = new Float32Array(n * k);
  labels.forEach((truth, index) => {
    const best = index % 4 === 3 ? (truth + 1) % k : truth;
    const sure = 0.95 - (0.4 * index) / n;
    for (let c = 0; c < k; c += 1) probabilities[index * k + c] = c === best ? sure : (1 - sure) / (k - 1);
  });
  return { task: 'classification', split: 'test', classes, labels, probabilities, picture: () => picture };
};

export const regressed: Regression = {
  task: 'regression',
  split: 'test',
  labels: Float32Array.from({ length: 3000 }, (_, index) => index / 100),
  predictions: Float32Array.from({ length: 3000 }, (_, index) => index / 100 + Math.sin(index)),
};

const steps: StepPoint[] = Array.from({ length: 40 }, (_, index) => ({
  step: index + 1,
  epoch: (index + 1) / 20,
  scores: { loss: 1 / (index + 1), accuracy: index / 40 },
  terms: { crossEntropy: 0.9 / (index + 1), stability: 0.1 },
  learningRate: 0.1 - index / 400,
  norm: 10 + index,
  moved: index,
}));

const wave = (size: number, by: number): Float32Array =>
  Float32Array.from({ length: size }, (_, index) => Math.sin(index * by));

export const full: ReportData = {
  title: 'A run of <mlp> & friends',
  subtitle: 'Two epochs.',
  notices: ['Interrupted after step 40 of 60.'],
  facts: [
    { label: 'Test accuracy', value: '91.2 %', note: 'linear: 80 %' },
    { label: 'Time', value: '3 s' },
  ],
  table: {
    caption: 'Beside',
    columns: ['', 'mlp', 'linear'],
    rows: [['accuracy', '91.2 %', '80.0 %']],
  },
  steps,
  epochs: [1, 2].map((epoch) => ({
    epoch,
    learningRate: 0.1,
    objective: 1,
    terms: { crossEntropy: 0.9 / epoch, stability: 0.1 },
    weights: { crossEntropy: 1, stability: 0.5 },
    train: { loss: 1 / epoch, accuracy: epoch / 3 },
    validation: { loss: 1.1 / epoch, accuracy: epoch / 4 },
    seconds: 1,
  })),
  predictions: classified(['zero', 'one', 'two'], 60),
  galleries: [
    {
      title: 'First examples',
      text: 'Two.',
      samples: [
        { picture, label: '3', predicted: '3', probability: 0.987 },
        { picture, label: '5', predicted: '"6"', probability: 0.51 },
      ],
    },
    { title: 'None', text: 'Empty.', samples: [] },
  ],
  layers: [
    { layer: 'fc1', trained: wave(500, 0.7), initial: wave(500, 0.3) },
    { layer: 'fc2', trained: wave(20, 0.7) },
  ],
  trajectory: {
    snapshots: [0, 10, 20, 30, 40].map((step) => ({ step, values: wave(64, 0.01 * step) })),
    of: 128,
  },
  config: { seed: 0, shape: [28, 28, 1], note: '</pre><script>alert(1)</script>' },
  environment: [{ label: 'Node', value: 'v24.0.0' }],
};

export const bare: ReportData = {
  title: 'Bare',
  subtitle: 'Nothing.',
  facts: [],
  steps: [],
  epochs: [],
  config: {},
};
