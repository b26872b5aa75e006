// Networks, data, training, evaluation and engines.
import { chapter, type Chapter } from './chapter.ts';

export const networks: readonly Chapter[] = [
  chapter(
    'Layers that do not fit together',
    `
sequential()
sequential({ input: 28, layers: [] })
sequential({ input: [28, 0], layers: [] })
sequential({ input: [4] })
sequential({ input: [4], layers: [] })
sequential({ input: [4], layers: ['dense'] })
sequential({ input: [4], layers: [{ type: 'lstm' }] })
sequential({ input: [4], layers: [{ type: 'dense' }] })
sequential({ input: [4], layers: [{ type: 'dense', units: 2.5 }] })
sequential({ input: [4], layers: [{ type: 'dense', unit: 2 }] })
sequential({ input: [4], layers: [{ type: 'dense', units: 2, init: { type: 'normal', mean: 0, std: 0 } }] })
sequential({ input: [4], layers: [{ type: 'dropout', rate: 1 }] })
sequential({ input: [4], layers: [{ type: 'batchNorm', momentum: 0 }] })
sequential({ input: [4, 4, 1], layers: [{ type: 'dense', units: 2 }] })
sequential({ input: [4], layers: [{ type: 'conv2d', filters: 2, kernelSize: 3 }] })
sequential({ input: [4, 4, 1], layers: [{ type: 'conv2d', filters: 2, kernelSize: 5 }] })
sequential({ input: [4, 4, 1], layers: [{ type: 'maxPool2d', poolSize: 2, padding: 'smae' }] })
sequential({ input: [6], layers: [{ type: 'reshape', shape: [4, 2] }] })
sequential({ input: [4], layers: [{ type: 'dense', name: 'a', units: 2 }, { type: 'dense', name: 'a', units: 2 }] })
`,
  ),
  chapter(
    'Data',
    `
arraySplit()
arraySplit({ ...layout, task: 'clustering' }, examples)
arraySplit({ ...layout, normalization: { scale: 0, mean: 0, std: 1 } }, examples)
arraySplit(layout, { inputs: [1, 2], labels: [0] })
arraySplit(layout, { ...examples, labels: Uint8Array.of(0, 1, 0) })
arraySplit(layout, examples, { rows: Int32Array.of(5) })
arraySplit(layout, examples, { augment: { shift: 1 } })
arraySplit({ ...layout, inputShape: [1, 2, 1] }, examples, { augment: { shift: 1 } })
arraySplit(layout, examples).batch([9])
defineDataset({ name: 'mine', inputShape: [2], load: () => ({ train: examples }) })().impl.load()
defineDataset({ name: 'mine', inputShape: [2], classes: ['a'], load: () => splitsOf(examples) })().impl.load()
defineDataset({ name: 'mine', inputShape: [3], load: () => splitsOf(examples) })().impl.load()
parseIdx('train-images-idx3-ubyte')
parseIdx(Uint8Array.of(1, 2, 3, 4), 'labels')
parseIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 9, 7), 'labels')
parseIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 7, 7), 'labels')
mnist({ folder: folder + '/nothing' }).impl.load()
`,
  ),
  chapter(
    'Training',
    `
train()
train({ ...parts, epoch: 3 })
train({ ...parts, target: 'mlp' })
train({ ...parts, parameterization: mapping })
train({ ...parts, loss: undefined })
train({ ...parts, engine: adam() })
train({ ...parts, metrics: accuracy() })
train({ ...parts, callbacks: [console.log] })
train({ ...parts, batchSize: 0 })
train({ ...parts, target: mlp({ inputShape: [3] }) })
train({ ...parts, target: mlp({ inputShape: [2], classes: 2 }), dataset: three() })
train({ ...parts, splits: { ...splits, train: { ...splits.train, size: 0 } } })
train({ ...parts, loss: stability() })
train({ ...parts, parameterization: direct(), loss: mappingLoss() })
train({ ...parts, parameterization: mapping({ latentDim: 100 }) })
train({ ...parts, loss: mappingLoss({ weighting: { type: 'fixed', values: [1] } }) })
train({ ...parts, loss: mappingLoss({ weighting: { type: 'trainable', initial: [0, 1, 1] } }) })
train({ ...parts, callbacks: [callback({ name: 'saver', on: () => { throw new Error('the disk is full'); } })] })
resolveSettings(null, 0.15)
clipByGlobalNorm(0)
addDecayedWeights('0.1')
trace(1, false)
scaleByAdam({ beta1: 0.9, beta2: 0.999 })
`,
  ),
  chapter(
    'Evaluation and prediction',
    `
evaluate()
evaluate({ model: 'runs/first', split: splits.test, loss: mse(), engine: cpu() })
evaluate({ model, split: 'test', loss: mse(), engine: cpu() })
evaluate({ model, split: splits.test, loss: 'mse', engine: cpu() })
evaluate({ model, split: splits.test, loss: stability(), engine: cpu() })
evaluate({ model, split: { ...splits.test, size: 0 }, loss: mse(), engine: cpu() })
evaluate({ model, split: splits.test, loss: mse(), engine: cpu(), batchSize: 0 })
predict({ model, inputs: [1, 2], engine: cpu() })
predict({ model, inputs: new Float32Array(3), engine: cpu() })
predict({ model, inputs: new Float32Array(2), engine: 'cpu' })
predict({ model, inputs: new Float32Array(2), engine: cpu(), batchSize: 1e9 })
probabilities([1, 2], 2)
probabilities(new Float32Array(3), 2)
`,
  ),
  chapter(
    'Engines',
    `
eagerEngine({ name: 'abacus', load: async () => {} }).open()
session.compile(step, { frozen: { x: float32(new Float32Array(2)) }, inputs: { x: vector } })
session.compile(step, { frozen: {}, inputs: { x: vector } }).run({})
session.compile(step, { frozen: {}, inputs: { x: vector } }).run({ x: float32(new Float32Array(3)) })
session.compile(() => ({ flag: tf.scalar(true, 'bool') }), { frozen: {}, inputs: {} }).run({})
disposed.compile(step, { frozen: {}, inputs: { x: vector } })
native.compile(step, { frozen: { x: float32(new Float32Array(2)) }, inputs: { x: vector } })
native.compile(step, { frozen: {}, inputs: { x: vector } }).run({})
native.compile(({ x }) => ({ y: tf.topk(x, 1).values }), { frozen: {}, inputs: { x: vector } })
native.compile(({ x }) => ({ y: tf.mul(x, x.dataSync()[0]) }), { frozen: {}, inputs: { x: vector } })
nativeDisposed.compile(step, { frozen: {}, inputs: { x: vector } })
`,
  ),
];
