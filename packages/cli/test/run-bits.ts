// What tests of runs that are cut short share: a small run, and what its bits are.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** 30 steps in 3 epochs of 10. */
export const thirty: readonly string[] = [
  '--target mlp --dataset glyphs --latent-dim 24 --epochs 3 --batch-size 10 --engine cpu --checkpoint-every 4',
  '--set target.hidden=[4] --set dataset.train=100 --set dataset.validation=20 --set dataset.test=20',
].flatMap((line) => line.split(' '));

/** A config file under which an epoch takes at least a tenth of a second, however fast the machine is. */
export const slowEpochs = `
  const on = async (event) => {
    if (event.type === 'epoch') await new Promise((resolve) => setTimeout(resolve, 100));
  };
  export default { callbacks: [{ kind: 'callback', name: 'slow', options: {}, impl: { on } }] };`;

/** The bits of a run: its network, its scores, its history without times. */
export const bits = async (run: string): Promise<unknown> => {
  const [latent, record] = await Promise.all([
    readFile(join(run, 'latent.safetensors'), 'hex'),
    readFile(join(run, 'record.json'), 'utf8'),
  ]);
  const { result, history } = JSON.parse(record) as {
    result: Record<string, unknown>;
    history: readonly object[];
  };
  const { fingerprint, train, validation, test, ended } = result;
  const timeless = history.map((epoch) => ({ ...epoch, seconds: 0 }));
  return { latent, fingerprint, train, validation, test, ended, timeless };
};
