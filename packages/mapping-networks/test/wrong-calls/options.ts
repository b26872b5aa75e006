// Options of plugins: out of range, misspelled, of a wrong type.
import { chapter, type Chapter } from './chapter.ts';

export const options: readonly Chapter[] = [
  chapter(
    'Options out of range',
    `
adam({ beta1: 1 })
adam({ beta1: NaN, beta2: -0.1 })
adam({ epsilon: 0 })
adamW({ weightDecay: -1 })
rAdam({ beta2: Infinity })
sgd({ momentum: '0.9' })
sgd({ momentum: 0, nesterov: true })
lookahead({ period: 0 })
ranger({ blend: 1.5 })
clipByNorm({ maxNorm: null })
cosine({ warmupSteps: 1.5 })
cosine({ maxWarmup: 1 })
cosine({ floor: 2 })
stepDecay({ milestones: [0.5, 1] })
stepDecay({ factor: 0 })
crossEntropy({ labelSmoothing: 1 })
stability({ sigma: -0.1 })
smoothness({ weight: 1e7 })
alignment({ weight: -0 })
mappingLoss({ weighting: { type: 'fixed', values: [1, -1, 1] } })
mappingLoss({ weighting: { type: 'uncertainty', epsilon: 0 } })
onnx({ threads: 0 })
onnx({ threads: 'all' })
onnx({ providers: [] })
mapping({ latentDim: 0 })
mapping({ latentDim: 2 ** 53 })
mapping({ latentDim: 64.5 })
mapping({ latentDim: 64, seed: -1 })
mapping({ latentDim: 64, activation: { type: 'sin', omega: 0 } })
mapping({ latentDim: 64, modulation: { type: 'additive', alpha: 1000 } })
mapping({ latentDim: 64, strategy: 'layerwise', allocation: [32, 0] })
glyphs({ train: 0 })
glyphs({ difficulty: 3 })
glyphs({ seed: 2 ** 53 })
glyphs({ augment: { shift: 17 } })
mnist({ validation: 0.5 })
mnist({ train: -5 })
fashionMnist({ folder: '' })
cnn1({ inputShape: [28, 28] })
cnn2({ classes: 0 })
cnnBn({ dropout: 1 })
mlp({ hidden: [64, 0] })
mlp({ inputShape: [] })
`,
  ),
  chapter(
    'Options of the wrong kind',
    `
mapping()
mapping(64)
mapping([64])
mapping({ latentDim: '64' })
mapping({ latentDim: 64n })
mapping({ latentDim: 64, train: 'latent' })
mapping({ latentDim: 64, train: [] })
mapping({ latentDim: 64, train: ['latent', 'latent'] })
mapping({ latentDim: 64, allocation: [32, 32] })
mapping({ latentDim: 64, activation: true })
mlp({ hidden: 64 })
mlp({ hidden: ['64'] })
sgd({ nesterov: 'yes' })
glyphs({ augment: 2 })
`,
  ),
  chapter(
    'Misspelled names',
    `
adam({ beta: 0.9 })
adam({ learningRate: 0.1 })
mlp({ activation: 'reul' })
mapping({ latentDim: 64, strategy: 'layer-wise' })
mapping({ latentDim: 64, activation: 'tahn' })
mapping({ latentDim: 64, activation: { type: 'sin', omga: 3 } })
mapping({ latentDim: 64, activation: { type: 'tanh', omega: 3 } })
mapping({ latentDim: 64, train: ['latnet'] })
mappingLoss({ weighting: 'fixd' })
mnist({ train: 'al' })
glyphs({ augment: { shfit: 1 } })
registry().get('target', 'cnn3')
registry().get('projection', 'hadamrd')
`,
  ),
  chapter(
    'Parts of another kind, and plugins that were not called',
    `
lookahead({ optimizer: adam })
clipByNorm({ optimizer: 'adam' })
clipByNorm({ optimizer: mse() })
mappingLoss({ terms: stability() })
mappingLoss({ terms: [stability(), adam()] })
mapping({ latentDim: 64, projection: 'hadamard' })
mapping({ latentDim: 64, projection: dense })
resolve(registry(), 'loss', adam())
resolve(registry(), 'loss', 3)
resolve(registry(), 'loss', { name: 'mse' })
`,
  ),
];
