// A signal while data are loaded: before anything stands in the run folder, and after.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { emptyFolder, here } from './mapnet.ts';

const info = {
  name: 'slow',
  title: 'Slow',
  inputShape: [2],
  task: 'classification',
  classes: ['a', 'b'],
  normalization: { scale: 1, mean: 0, std: 1 },
  source: { title: 'none', url: 'https://example.org', licence: 'CC0-1.0' },
};

/** A config whose dataset hears SIGINT during its nth load. */
const configOf = (nth: number): string => `
  const info = ${JSON.stringify(info)};
  const batch = ({ length: size }) => ({ size, x: new Float32Array(2 * size), y: new Int32Array(size) });
  const split = { size: 8, batch };
  let loads = 0;
  const load = async ({ signal }) => {
    loads += 1;
    if (loads === ${nth}) process.emit('SIGINT', 'SIGINT');
    signal.throwIfAborted();
    return { info, train: split, validation: split, test: split };
  };
  const dataset = { kind: 'dataset', name: 'slow', options: {}, impl: { info, load } };
  export default { target: 'mlp', dataset, latentDim: 4, epochs: 1, batchSize: 8, engine: 'cpu' };`;

it('of a run that has not begun leaves nothing', async () => {
  const folder = await emptyFolder();
  await writeFile(join(folder, 'mapnet.config.mjs'), configOf(1));
  expect(await here(folder, 'train', '--out', 'run')).toEqual({
    code: 130,
    stdout: '',
    stderr: 'interrupted before the first step; nothing was saved\n',
  });
});

it('between the runs of several seeds says how to go on', async () => {
  const folder = await emptyFolder();
  await writeFile(join(folder, 'mapnet.config.mjs'), configOf(2));
  const { code, stdout, stderr } = await here(folder, 'train', '--seeds', '2', '--out', 'many');
  expect(stdout).toMatch(/\n1 step in 1 epoch, [^]*\n\nrun 2 of 2: .*\n$/);
  expect({ code, stderr }).toEqual({
    code: 130,
    stderr: 'interrupted while loading data; what was saved stays\ngo on with: mapnet resume many\n',
  });
});
