// A run to compare in tests: every figure follows from its config, seed and score.
import type { ComparedRun } from '@mapping-networks/report';

export interface ComparedSetting {
  readonly config?: Readonly<Record<string, unknown>>;
  readonly seed: number;
  /** Accuracy on test; validation is a point higher, train three. */
  readonly score: number;
  readonly epochs?: number;
}

export const compared = ({ config = {}, seed, score, epochs = 3 }: ComparedSetting): ComparedRun => ({
  name: `seed-${seed}`,
  config: {
    target: { use: 'mlp', hidden: [64, 32] },
    dataset: { use: 'glyphs' },
    loss: { use: 'crossEntropy' },
    ...config,
    seed,
  },
  dataset: { name: 'glyphs', title: 'Glyphs', task: 'classification' },
  metric: { name: 'accuracy', better: 'higher' },
  trainables: 64,
  parameters: 6400,
  bytes: 700,
  seconds: 12 + seed,
  scores: {
    train: { loss: 0.1, accuracy: score + 0.03 },
    validation: { loss: 0.2, accuracy: score + 0.01 },
    test: { loss: 0.3, accuracy: score },
  },
  gap: 0.03,
  steps: Array.from({ length: 30 * epochs }, (_, i) => ({
    epoch: (i + 1) / 30,
    scores: { loss: 2 / (i + 1) + seed / 100, accuracy: score - 0.5 / (i + 1) },
  })),
  epochs: Array.from({ length: epochs }, (_, i) => ({
    epoch: i + 1,
    learningRate: 0.1,
    objective: 1 / (i + 1),
    terms: {},
    train: { loss: 1 / (i + 1), accuracy: score - 0.1 / (i + 1) },
    validation: { loss: 1.1 / (i + 1) + seed / 100, accuracy: score - 0.2 / (i + 1) + seed / 100 },
    seconds: 4,
  })),
});
