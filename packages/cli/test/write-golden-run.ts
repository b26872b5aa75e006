// Made test/golden/interrupted, a run that was cut short, and what it comes to. To be run only for a new format, and then
// into another folder: tsx --conditions=@mapping-networks/source packages/cli/test/write-golden-run.ts FOLDER
import { run, type Result } from '@mapping-networks/cli';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const [folder = 'golden-run'] = process.argv.slice(2);
const words =
  'train --target mlp --dataset glyphs --latent-dim 12 --epochs 2 --batch-size 8 --engine cpu --checkpoint-every 4 ' +
  '--keep 1 --on-nan halve-lr --set target.hidden=[4] --set dataset.train=80 --set dataset.validation=24 --set dataset.test=24';

/** Fails at step 14, so that the checkpoint of step 12 is the last. */
const breaker = `
  const on = (event) => {
    if (event.type === 'step' && event.step === 14) throw new Error('as planned');
  };
  export default { callbacks: [{ kind: 'callback', name: 'breaker', options: {}, impl: { on } }] };`;

const { stdout, stderr } = process;
const mapnet = (...args: readonly string[]): Promise<number> =>
  run([...words.split(' '), ...args], { stdout, stderr, folder: resolve(folder) });

await mkdir(folder, { recursive: true });
await writeFile(join(folder, 'breaker.mjs'), breaker);
await mapnet('--out', 'interrupted', '--config', 'breaker.mjs');
// The callback was only there to break the run: the one that goes on knows nothing of it.
const plan = join(folder, 'interrupted', 'run.json');
const { configFile: _, ...kept } = JSON.parse(await readFile(plan, 'utf8')) as {
  config: object;
  configFile: string;
};
await writeFile(plan, `${JSON.stringify({ ...kept, config: { ...kept.config, callbacks: [] } }, null, 2)}\n`);

await mapnet('--out', 'whole');
const { result } = JSON.parse(await readFile(join(folder, 'whole', 'record.json'), 'utf8')) as {
  result: Result;
};
const { fingerprint, train, validation, test } = result;
const expected = { fingerprint, train, validation, test };
await writeFile(join(folder, 'interrupted.expected.json'), `${JSON.stringify(expected, null, 2)}\n`);
