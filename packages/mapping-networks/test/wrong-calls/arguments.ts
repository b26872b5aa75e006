// Arguments of functions that take raw values: plugins of one's own, parameter spaces, random numbers, models on disk.
import { chapter, type Chapter } from './chapter.ts';

export const functions: readonly Chapter[] = [
  chapter(
    'Plugins of your own',
    `
definePlugin()
definePlugin({ kind: 'loss' })
definePlugin({ kind: 'loss', name: 'mine', summary: 'Mine.', options: {}, slots: {}, create: () => ({}) })
definePlugin({ kind: 'loss', name: 'mine', summary: 'Mine.', options: anyOptions, slots: {} })
definePlugin({ kind: 'loss', name: 'mine', summary: 'Mine.', options: usedOption, slots: {}, create: () => ({}) })
defineTarget({ name: 'mine', summary: 'Mine.', options: anyOptions })
defineDataset({ name: 'mine', inputShape: [2] })
defineDataset({ name: '', inputShape: [2], load: () => ({}) })
defineDataset({ name: 'mine', inputShape: [0], load: () => ({}) })
defineDataset({ name: 'mine', inputShape: [2], classes: 3, load: () => ({}) })
createRegistry(mlp)
createRegistry([mlp, mlp])
taskLoss('mine')
callback(() => {})
eagerEngine('cpu')
toSpec(mlp)
`,
  ),
  chapter(
    'Parameter spaces and arrays',
    `
parameterSpace()
parameterSpace([])
parameterSpace(['fc'])
parameterSpace([kernel('fc', [4, 2]), kernel('fc', [4, 2])])
parameterSpace([{ ...kernel('fc', [4, 2]), fanIn: 0 }])
parameterSpace([kernel('fc', [1_000_000, 1_000_000])])
kernel('fc', 10)
kernel('', [4, 2])
bias('fc', 0)
gain('norm', 1.5)
cut(space, new Float32Array(3))
join(space, {})
join(space, { 'fc.kernel': float32(new Float32Array(3)) })
allocate(space, 9, 'sqrt')
allocate(space, 4, 'equal')
float32([1, 2, 3])
zeros(3)
`,
  ),
  chapter(
    'Random numbers',
    `
randomKey('seven')
randomKey(-1)
randomKey(0, 2 ** 32)
childKey(7, 'noise')
normal(randomKey(7), -1)
uniform(7, 3)
integers(randomKey(7), 3, 0)
permutation(randomKey(7), NaN)
subset(randomKey(7), 3, 4)
holdOut(10, 11, 0)
holdOut(10, 3, 0.5)
`,
  ),
  chapter(
    'Models and bundles',
    `
modelMap()
modelTheta({ target: mlp(), parameterization: mapping({ latentDim: 8 }) })
encodeBundle(mlp())
encodeBundle({ ...model, trainables: { z: float32(Float32Array.of(NaN)) } })
decodeBundle('runs/first', registry())
decodeBundle(files)
decodeBundle({ ...files, 'config.json': '' }, registry())
decodeBundle({ ...files, 'config.json': '[]' }, registry())
decodeBundle(edited({ version: 99 }), registry())
decodeBundle(edited({ version: 0 }), registry())
decodeBundle(edited({ map: 2 }), registry())
decodeBundle(edited({ fingerprint: '0' }), registry())
decodeBundle(edited({ target: { use: 'mlp', hidden: [4, 4] } }), registry())
decodeBundle(edited({ target: { use: 'cnn9' } }), registry())
decodeBundle(edited({ parameterization: { use: 'direct' } }), registry())
decodeBundle(edited({ fingerprint: '0'.repeat(64) }), registry())
decodeBundle({ ...files, 'latent.safetensors': new Uint8Array(4) }, registry())
decodeBundle(files, registry(), { parameters: 10 })
saveBundle('', model)
saveBundle(folder + '/file', model)
loadBundle(3, registry())
loadBundle(folder + '/nothing', registry())
fingerprint('abc')
`,
  ),
];
