// What is worth trying: steps and their size before anything that regularises, for a latent of 2,048 numbers hardly
// overfits (train and test are two points apart).
import { allocatePower, each, normalize, rescale, set, unchanged } from './changes.ts';
import type { Sweep } from './sweep.ts';

const latents = ['fashion-slvt-2048', 'fashion-lwt-2688', 'mnist-slvt-2048', 'cnn1-slvt-2072'];
const layerwise = ['fashion-lwt-2688', 'fashion-lwt-1872', 'mnist-lwt-1872', 'cnn1-lwt-4078'];

export const sweeps: readonly Sweep[] = [
  {
    name: 'learning-rate',
    question: 'Which peak rate suits latents of every size and strategy?',
    benches: ['fashion-slvt-2048', 'fashion-slvt-1024', 'mnist-slvt-2048', ...layerwise, 'cnn1-slvt-2072'],
    variants: [unchanged, ...each([0.04, 0.07, 0.1, 0.2, 0.3], String, (learningRate) => ({ learningRate }))],
  },
  {
    name: 'batch',
    question: 'Do more and smaller steps pay, with the rate scaled by the square root of the batch?',
    benches: latents,
    variants: [
      unchanged,
      set('256, rate 0.2', { batchSize: 256, learningRate: 0.2 }),
      set('64, rate 0.1', { batchSize: 64, learningRate: 0.1 }),
      set('32, rate 0.075', { batchSize: 32, learningRate: 0.075 }),
    ],
  },
  {
    name: 'layer-scale',
    question: 'How should layers share the latent? Their scale is also how far a step moves them.',
    benches: latents,
    variants: [
      unchanged,
      rescale('kernels × 0.7', { kernel: 0.7 }),
      rescale('kernels × 1.4', { kernel: 1.4 }),
      rescale('biases × 0.2', { bias: 0.2 }),
      rescale('biases × 3', { bias: 3 }),
      rescale('first layer × 2', { layers: { conv1: 2 } }),
      rescale('first layer × 0.5', { layers: { conv1: 0.5 } }),
      rescale('last layer × 2', { layers: { fc2: 2 } }),
      rescale('last layer × 0.5', { layers: { fc2: 0.5 } }),
      rescale('widest layer × 0.5', { layers: { fc1: 0.5 } }),
      rescale('widest layer × 1.5', { layers: { fc1: 1.5 } }),
    ],
  },
  {
    name: 'widest-layer',
    question: 'How much smaller should the layer be that has most of the parameters?',
    benches: [
      'fashion-slvt-2048',
      'fashion-slvt-1024',
      'fashion-lwt-2688',
      'mnist-slvt-2048',
      'cnn1-slvt-2072',
    ],
    variants: [unchanged, ...[0.7, 0.5, 0.35, 0.25].map((fc1) => rescale(`× ${fc1}`, { layers: { fc1 } }))],
  },
  {
    name: 'allocation',
    question: 'How should layers share the budget (LWT)? Small exponents complete the small layers first.',
    benches: layerwise,
    variants: [unchanged, ...[0, 0.15, 0.3, 0.4, 0.65, 0.8].map(allocatePower)],
  },
  {
    name: 'averaging',
    question: 'Does the mean of the last latents beat the last one, also where the rate does not fall to 0?',
    benches: latents,
    variants: [
      { ...unchanged, averages: [0.99, 0.998] },
      set('floor 0.1', { schedule: { use: 'cosine', floor: 0.1 } }, [0.99, 0.998]),
      set('floor 0.3', { schedule: { use: 'cosine', floor: 0.3 } }, [0.99, 0.998]),
      set('constant', { schedule: { use: 'constant' } }, [0.99, 0.998]),
    ],
  },
  {
    name: 'schedule',
    question: 'Shape of the decay and length of the warm-up.',
    benches: latents,
    variants: [
      unchanged,
      set('no warm-up', { schedule: { use: 'cosine', warmupSteps: 0 } }),
      set('warm-up 50', { schedule: { use: 'cosine', warmupSteps: 50 } }),
      set('warm-up 600', { schedule: { use: 'cosine', warmupSteps: 600, maxWarmup: 0.3 } }),
      set('linear', { schedule: { use: 'linear' } }),
      set('steps', { schedule: { use: 'stepDecay', milestones: [0.5, 0.75, 0.9], factor: 0.3 } }),
    ],
  },
  {
    name: 'optimizer',
    question: 'Memory of the moments, and other optimizers.',
    benches: latents,
    variants: [
      unchanged,
      ...each(
        [0.95, 0.98, 0.99],
        (beta2) => `β₂ ${beta2}`,
        (beta2) => ({ optimizer: { use: 'adamW', beta2 } }),
      ),
      ...each(
        [0.8, 0.95],
        (beta1) => `β₁ ${beta1}`,
        (beta1) => ({ optimizer: { use: 'adamW', beta1 } }),
      ),
      set('β₁ 0.95, β₂ 0.98', { optimizer: { use: 'adamW', beta1: 0.95, beta2: 0.98 } }),
      set('without decay', { optimizer: { use: 'adam' } }),
      set('lookahead', { optimizer: { use: 'lookahead' } }),
      set('ranger', { optimizer: { use: 'ranger' } }),
      ...each(
        [0.001, 0.003, 0.01, 0.02, 0.05],
        (decay) => `decay ${decay}`,
        (weightDecay) => ({
          optimizer: { use: 'adamW', weightDecay },
        }),
      ),
      set('clipped at 1', { optimizer: { use: 'clipByNorm', optimizer: 'adam', maxNorm: 1 } }),
    ],
  },
  {
    name: 'decay',
    question:
      'How much weight decay, at which rate, also for what is not mapped? (The default was `adam`, without decay.)',
    benches: [...latents, 'fashion-direct', 'mnist-direct'],
    variants: [
      unchanged,
      ...[
        [0.005, 0.15],
        [0.01, 0.15],
        [0.02, 0.15],
        [0.01, 0.1],
        [0.02, 0.1],
        [0.01, 0.2],
      ].map(([weightDecay, learningRate]) =>
        set(`${weightDecay}, rate ${learningRate}`, {
          optimizer: { use: 'adamW', weightDecay },
          learningRate,
        }),
      ),
      ...[0.001, 0.01].flatMap((weightDecay) =>
        [0.03, 0.06].map((learningRate) =>
          set(`${weightDecay}, rate ${learningRate}`, {
            optimizer: { use: 'adamW', weightDecay },
            learningRate,
          }),
        ),
      ),
    ],
  },
  {
    name: 'modulation',
    question: 'Does a second-order term in z add what a linear map lacks?',
    benches: latents,
    variants: [
      unchanged,
      ...each(
        [0.03, 0.1, 0.3, 1],
        (alpha) => `linear ${alpha}`,
        (alpha) => ({
          parameterization: { modulation: { type: 'linear', alpha } },
        }),
      ),
      ...each(
        [0.1, 1],
        (alpha) => `additive ${alpha}`,
        (alpha) => ({
          parameterization: { modulation: { type: 'additive', alpha } },
        }),
      ),
    ],
  },
  {
    name: 'projection',
    question: 'The two cheap maps, and a bounded activation.',
    benches: [...latents, 'fashion-lwt-1872'],
    variants: [
      unchanged,
      set('oneHot', { parameterization: { projection: 'oneHot' } }),
      set('tanh', { parameterization: { activation: 'tanh' } }),
      set('sin, ω 1', { parameterization: { activation: { type: 'sin', omega: 1 } } }),
    ],
  },
  {
    name: 'inputs',
    question: 'Pixels of mean 0 and spread 1 instead of in [−1, 1].',
    benches: [...latents, 'fashion-direct', 'mnist-direct'],
    variants: [
      unchanged,
      normalize('standardised', { mnist: [0.1307, 0.3081], fashionMnist: [0.286, 0.353] }),
      normalize('in [0, 1]', { mnist: [0, 1], fashionMnist: [0, 1] }),
    ],
  },
  {
    name: 'regularisation',
    question: 'Expected to hurt latents and to help direct training, which overfits.',
    benches: [...latents, 'fashion-direct', 'mnist-direct'],
    variants: [
      unchanged,
      set('smoothing 0.05', { loss: { use: 'crossEntropy', labelSmoothing: 0.05 } }),
      set('smoothing 0.1', { loss: { use: 'crossEntropy', labelSmoothing: 0.1 } }),
      set('shift 1', { dataset: { augment: { shift: 1 } } }),
      set('shift 2', { dataset: { augment: { shift: 2 } } }),
    ],
  },
  {
    name: 'direct-rate',
    question: 'The peak rate of the baseline.',
    benches: ['fashion-direct', 'mnist-direct'],
    variants: [unchanged, ...each([0.007, 0.015, 0.06, 0.1], String, (learningRate) => ({ learningRate }))],
  },
];
