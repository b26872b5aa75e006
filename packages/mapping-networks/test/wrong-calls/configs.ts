// Configs of a run: keys, names, parts and settings.
import { chapter, type Chapter } from './chapter.ts';

export const configs: readonly Chapter[] = [
  chapter(
    'Configs',
    `
pipeline()
pipeline('cnn2')
pipelineFrom([])
pipelineFrom(null)
pipeline({})
pipeline({ target: 'mlp' })
pipeline({ dataset: 'glyphs', latentDim: 32 })
pipeline({ target: 'mlp', dataset: 'glyphs' })
pipeline({ ...config, parameterization: 'direct' })
pipeline({ ...config, epoch: 3 })
pipeline({ ...config, target: 'cnn3' })
pipeline({ ...config, target: mlp })
pipeline({ ...config, target: mse() })
pipeline({ ...config, target: { use: 'mlp', hiden: [32] } })
pipeline({ ...config, target: ['mlp'] })
pipeline({ ...config, dataset: 'mnits' })
pipeline({ ...config, dataset: { train: 100 } })
pipeline({ ...config, latentDim: 0 })
pipeline({ ...config, latentDim: 1_000_000 })
pipeline({ ...config, loss: 'crossEntropi' })
pipeline({ ...config, optimizer: { use: 'adam', beta1: 2 } })
pipeline({ ...config, optimizer: { beta1: 2 } })
pipeline({ ...config, optimizer: { use: 3 } })
pipeline({ ...config, optimizer: { use: 'lookahead', optimizer: 'adan' } })
pipeline({ ...config, schedule: 'linear' })
pipeline({ ...config, engine: 'gpu' })
pipeline({ ...config, metrics: 'acuracy' })
pipeline({ ...config, callbacks: ['progress'] })
pipeline({ ...config, plugins: ['mlp'] })
pipeline({ ...config, plugins: [mlp()] })
pipeline({ ...config, plugins: [mlp] })
pipelineFrom(config, builtins)
registry('mlp')
`,
  ),
  chapter(
    'Settings of a run',
    `
pipeline({ ...config, epochs: 0 })
pipeline({ ...config, epochs: 1.5 })
pipeline({ ...config, epochs: '3' })
pipeline({ ...config, batchSize: -128 })
pipeline({ ...config, learningRate: 0 })
pipeline({ ...config, learningRate: NaN })
pipeline({ ...config, seed: -1 })
pipeline({ ...config, seed: -0 })
pipeline({ ...config, validateEvery: -1 })
pipeline({ ...config, evaluationBatchSize: Infinity })
pipeline({ ...config, trainScoreLimit: 'some' })
pipeline({ ...config, checkpointEvery: 0.5 })
pipeline({ ...config, onNan: 'retry' })
pipeline({ ...config, patience: 0 })
pipeline({ ...config, patience: 3, validateEvery: 0 })
pipeline({ ...config, timeLimit: -1 })
pipeline({ ...config, restoreBest: 'yes' })
`,
  ),
  chapter(
    'Mappings that do not fit their target',
    `
pipeline({ ...of({ latentDim: 1, strategy: 'layerwise' }) })
pipeline({ ...of({ latentDim: 32, strategy: 'layerwise', allocation: [30, 1, 1] }) })
pipeline({ ...of({ latentDim: 32, strategy: 'layerwise', allocation: [30, 1] }) })
pipeline({ ...of({ latentDim: 32, train: ['projection'] }) })
pipeline({ ...of({ latentDim: 30_000, projection: 'dense' }) })
hadamard().impl.bind(4, 5, 0)
`,
  ),
];
