// Config files: found, read in each language, mixed with flags, and refused with words when they are wrong.
import type { Result } from '@mapping-networks/cli';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importByJiti } from '../src/config/import-by-jiti.ts';
import { here, mapnet, small } from './mapnet.ts';

// Inside the package, so that a config finds the packages that it imports.
const packageFolder = fileURLToPath(new URL('.', import.meta.url));
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(packageFolder, '.config-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);

const tiny = `dataset: { use: 'glyphs', train: 60, validation: 20, test: 20 }, latentDim: 16, epochs: 1`;

/** A target that no built-in has, in TypeScript that Node can only read without its types. */
const withPlugin = `
import { defineConfig, definePlugin, mlp, type Plugin } from 'mapping-networks';
import { z } from 'zod';
interface Options { readonly width: number }
const mine: Plugin<'target', 'mine', Partial<Options>, Options> = definePlugin({
  kind: 'target', name: 'mine', summary: 'One hidden layer.',
  options: z.strictObject({ width: z.int().default(3) }), slots: {},
  create: ({ width }) => mlp({ hidden: [width] }).impl,
});
export default defineConfig({ plugins: [mine], target: 'mine', ${tiny} });
`;

const resultOf = (stdout: string): Result => JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Result;

describe('a config file', () => {
  it('in TypeScript brings plugins whose names flags may use', async () => {
    await write('mapnet.config.ts', withPlugin);
    const args = ['train', '--set', 'target.width=5', '--seed', '4', '--out', 'run', '--json'];
    const { code, stdout, stderr } = await mapnet(folder, args);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(resultOf(stdout)).toMatchObject({
      target: 'mine',
      targetParameters: 784 * 5 + 5 + 50 + 10,
      seed: 4,
    });
    expect((await here(folder, 'eval', 'run')).code).toBe(0);
    expect((await here(folder, 'list', 'target')).stdout).toContain('One hidden layer.');
    const elsewhere = await here(join(folder, 'run'), 'info', '.');
    expect(elsewhere.code).toBe(1);
    expect(elsewhere.stderr).toMatch(
      /There is no target 'mine'.*\nIf it was trained with a plugin .* --config\. \(CLI_UNKNOWN_PLUGIN\)\n$/,
    );
    expect((await here(join(folder, 'run'), 'info', '.', '--config', '../mapnet.config.ts')).code).toBe(0);
  });

  it('in JSON gives way to flags, and keeps the options of a plugin that is named again', async () => {
    const config = {
      target: { use: 'mlp', hidden: [4] },
      dataset: { use: 'glyphs', train: 60, validation: 20, test: 20 },
    };
    await write('mapnet.config.json', JSON.stringify({ ...config, latentDim: 16, epochs: 3 }));
    const args = [
      '--target',
      'mlp',
      '--latent-dim',
      '9',
      '--projection',
      'oneHot',
      '--epochs',
      '1',
      '--lr',
      '0.2',
    ];
    const { stdout } = await here(folder, 'train', ...args, '--json');
    expect(resultOf(stdout).config).toMatchObject({
      target: { use: 'mlp', hidden: [4] },
      parameterization: { use: 'mapping', latentDim: 9, projection: { use: 'oneHot' } },
      epochs: 1,
      learningRate: 0.2,
    });
    expect(resultOf(stdout).run).toMatch(/^runs\/mlp-glyphs-\d{8}-\d{6}$/);
  });

  it('from init can be trained as it is', async () => {
    await mapnet(folder, ['init']);
    const { code, stdout } = await mapnet(folder, ['train', ...small, '--json', '--quiet']);
    expect(code).toBe(0);
    expect(resultOf(stdout).config).toMatchObject({
      parameterization: { latentDim: 32, strategy: 'single' },
    });
  });

  it.each([
    ['mapnet.config.json', '{ "target": ', 'Cannot read the config file'],
    ['mapnet.config.json', '{ "epochs": 1, "epochs": 2 }', "with the key 'epochs' twice"],
    ['mapnet.config.json', '{ "__proto__": { "epochs": 1 } }', "with the key '__proto__'"],
    ['mapnet.config.json', '[]', 'to hold a config object, got []'],
    ['mapnet.config.mjs', 'export const config = {};', 'got nothing'],
    ['mapnet.config.mjs', 'throw new Error("no luck");', 'no luck'],
    [
      'mapnet.config.mjs',
      `export default { plugins: ['mine'], target: 'mlp', ${tiny} };`,
      "Expected 'plugins' to be a list",
    ],
    ['mapnet.config.mjs', `export default { target: 'mlp', ${tiny}, batchSize: 'all' };`, "'batchSize': "],
  ])('%s with %s is a usage error', async (name, text, words) => {
    await write(name, text);
    const { code, stderr } = await here(folder, 'train');
    expect(stderr).toContain(words);
    expect(code).toBe(2);
  });

  it.each([
    ['nested without end', `{ "target": ${'['.repeat(100_000)}`, 'more than 64 levels'],
    ['of megabytes', `{}${' '.repeat(2 ** 20)}`, 'more than 1048576 bytes'],
  ])('in JSON, %s, is refused', async (_, text, words) => {
    await write('mapnet.config.json', text);
    const { code, stderr } = await here(folder, 'train');
    expect(stderr).toContain(words);
    expect(code).toBe(2);
  });

  it.skipIf(process.platform === 'win32').each(['mapnet.config.json', 'mapnet.config.mjs'])(
    '%s that is a pipe is refused without waiting for it',
    async (name) => {
      execFileSync('mkfifo', [join(folder, name)]);
      const { code, stderr } = await here(folder, 'train');
      expect(stderr).toContain('it is a pipe or a device');
      expect(code).toBe(2);
    },
  );

  it('must be one', async () => {
    await write('mapnet.config.json', '{}');
    await write('mapnet.config.mjs', 'export default {};');
    expect((await here(folder, 'train')).stderr).toContain('mapnet.config.mjs and mapnet.config.json');
  });

  it('is read by jiti where the runtime reads no TypeScript', async () => {
    await write('typed.ts', 'const epochs: number = 3;\nexport default { epochs };');
    expect(await importByJiti(join(folder, 'typed.ts'))).toEqual({ epochs: 3 });
  });
});
