// The folder in which the wrong commands run: a small run, what is left when runs are cut short or damaged, config files
// that are wrong in every way, and files that are something else.
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PNG } from 'pngjs';
import { here } from '../mapnet.ts';

const golden = fileURLToPath(new URL('../golden/first-release/mlp-mapping', import.meta.url));

const texts: Readonly<Record<string, string>> = {
  'notes.txt': 'mine',
  'folder/thesis.txt': 'three years',
  'broken.json': '{ "target": ',
  'list.json': '[]',
  'null.json': 'null',
  'empty.json': '{}',
  'nothing.mjs': 'export const config = {};',
  'throws.mjs': 'throw new Error("no luck");',
  'plugins.mjs': "export default { plugins: ['mine'], target: 'mine', dataset: 'glyphs', latentDim: 9 };",
  'not-called.mjs':
    "const mlp = () => {};\nmlp.kind = 'target';\nexport default { target: mlp, dataset: 'glyphs', latentDim: 9 };",
  'both.json':
    '{ "target": "mlp", "dataset": "glyphs", "latentDim": 9, "parameterization": { "use": "direct" } }',
  'unknown-key.json': '{ "target": "mlp", "dataset": "glyphs", "latentDim": 9, "bachSize": 3 }',
  'range.json': '{ "target": "mlp", "dataset": "glyphs", "latentDim": 9, "batchSize": "all", "epochs": 0 }',
  'nested.json':
    '{ "target": "mlp", "dataset": "glyphs", "latentDim": 9, "optimizer": { "use": "clipByNorm", "optimizer": { "use": "adam", "beta1": 1 } } }',
  'two-configs/mapnet.config.json': '{}',
  'two-configs/mapnet.config.mjs': 'export default {};',
  'with-config/mapnet.config.ts': 'export default {};',
  'strange/config.json': '{ "compilerOptions": {} }',
  'foreign/config.json': 'not JSON',
};

const trained: readonly string[] = (
  '--target mlp --dataset glyphs --latent-dim 16 --epochs 1 --batch-size 50 --set target.hidden=[8] ' +
  '--set dataset.train=100 --set dataset.validation=20 --set dataset.test=20 --quiet'
).split(' ');

/** A copy of the golden run, of which `change` may alter a file. */
const copyOf = async (
  folder: string,
  name: string,
  changes: Readonly<Record<string, (bytes: Buffer) => string | Uint8Array | undefined>>,
): Promise<void> => {
  await cp(golden, join(folder, name), { recursive: true });
  for (const [file, change] of Object.entries(changes)) {
    const path = join(folder, name, file);
    const changed = change(await readFile(path));
    await (changed === undefined ? rm(path) : writeFile(path, changed));
  }
};

const edited =
  (changes: object) =>
  (bytes: Buffer): string =>
    JSON.stringify({ ...(JSON.parse(bytes.toString()) as object), ...changes });

const picture = (side: number): Uint8Array => PNG.sync.write(new PNG({ width: side, height: side }));

/** Fills an empty folder. */
export const openPlaces = async (folder: string): Promise<void> => {
  for (const [path, text] of Object.entries(texts)) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  await here(folder, 'train', ...trained, '--out', 'run');
  await here(folder, 'train', ...trained, '--out', 'several', '--seeds', '2');
  await cp(join(folder, 'run'), join(folder, 'cut'), { recursive: true });
  for (const name of ['record.json', 'config.json', 'latent.safetensors'])
    await rm(join(folder, 'cut', name));
  await cp(join(folder, 'cut'), join(folder, 'spoiled'), { recursive: true });
  await writeFile(join(folder, 'spoiled', 'run.json'), '{ "format": "mapping-networks-run", "version": 1 }');
  const gone = (): undefined => undefined;
  await copyOf(folder, 'bundle', { 'record.json': gone });
  await copyOf(folder, 'newer', { 'config.json': edited({ version: 99 }) });
  await copyOf(folder, 'altered', { 'config.json': edited({ fingerprint: 'f'.repeat(64) }) });
  await copyOf(folder, 'truncated', { 'latent.safetensors': (bytes) => bytes.subarray(0, 100) });
  await copyOf(folder, 'nameless', { 'record.json': gone, 'config.json': edited({ data: undefined }) });
  const data = (bytes: Buffer): object => (JSON.parse(bytes.toString()) as { readonly data: object }).data;
  const flat = (bytes: Buffer): string => edited({ data: { ...data(bytes), inputShape: [784] } })(bytes);
  await copyOf(folder, 'flat', { 'record.json': gone, 'config.json': flat });
  await writeFile(join(folder, 'seven.png'), picture(28));
  await writeFile(join(folder, 'large.png'), picture(30));
  await writeFile(join(folder, 'labels-idx1-ubyte'), Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 7, 9));
};
