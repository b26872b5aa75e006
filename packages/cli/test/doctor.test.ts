// mapnet doctor: what it finds in a sound place, and in each that is not.
import { createRegistry } from '@mapping-networks/core';
import { glyphs, mnist, registry } from 'mapping-networks';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dataFindings } from '../src/doctor/data.ts';
import type { Finding } from '../src/doctor/finding.ts';
import { nodeFinding, supportedNode } from '../src/doctor/machine.ts';
import { optionalFindings } from '../src/doctor/optional.ts';
import { lines } from '../src/doctor/show.ts';
import { emptyFolder, here, mapnet } from './mapnet.ts';

const variables = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'MAPPING_NETWORKS_DATA', 'CI', 'FORCE_COLOR'];
let folder: string;

beforeEach(async () => {
  folder = await emptyFolder();
  for (const name of variables) {
    vi.stubEnv(name, undefined);
    vi.stubEnv(name.toLowerCase(), undefined);
  }
  vi.stubEnv('NO_COLOR', '1');
  vi.stubEnv('MAPPING_NETWORKS_CACHE', join(folder, 'cache'));
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** The findings of the command, and what it answered. */
const examined = async (): Promise<{ code: number | null; stderr: string; findings: readonly Finding[] }> => {
  const { code, stdout, stderr } = await here(folder, 'doctor', '--json');
  const { well, findings } = JSON.parse(stdout) as { well: boolean; findings: readonly Finding[] };
  expect(well).toBe(code === 0);
  return { code, stderr, findings };
};

const about = (topic: string, findings: readonly Finding[]): Finding | undefined =>
  findings.find((finding) => finding.topic === topic);

/** Expects the command to end with 1 over this topic; gives the finding. */
const broken = async (topic: string): Promise<Finding | undefined> => {
  const { code, stderr, findings } = await examined();
  expect(code).toBe(1);
  expect(stderr).toMatch(new RegExp(`^error: One thing is broken: ${topic}\\.\\n.*\\(CLI_UNWELL\\)\\n$`));
  expect(about(topic, findings)?.state).toBe('problem');
  return about(topic, findings);
};

describe('in a sound place', () => {
  it('finds nothing broken, in aligned lines, and leaves nothing behind', async () => {
    const { code, stdout, stderr } = await here(folder, 'doctor');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [listed = '', last] = stdout.split('\n\n');
    expect(last).toBe('Nothing is broken: mapnet can train here.\n');
    const rows = listed.split('\n').filter((line) => !line.startsWith(' '));
    const topics = rows.map((line) => /^(ok|note) +(.+?) {2,}/.exec(line)?.[2]);
    const expected = [
      'node,mapnet,machine,engine onnx,engine wasm,engine cpu,onnxruntime-node,tfjs-node,tfjs-node-gpu',
      'data mnist,data fashionMnist',
      'cache,disk,MAPPING_NETWORKS_CACHE,NO_COLOR,config',
    ];
    expect(topics.join(',')).toBe(expected.join(','));
    const columns = rows.map((line) => /^\S+ +\S+(?: \S+)? {2,}/.exec(line)?.[0].length);
    expect(new Set(columns).size).toBe(1);
    expect(stdout).toMatch(
      /engine onnx .*onnx cpu, ONNX Runtime 1\..*, \d+ threads?; a test step gives the right numbers, used unless/,
    );
    expect(stdout).toMatch(/engine wasm .*eager wasm.*, 1 thread; a test step gives the right numbers$/m);
    expect(stdout).toMatch(
      /onnxruntime-node .*1\.\d+\.\d+, built for cpu.* \(option providers of engine onnx\)$/m,
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it('says the same as a process of its own', async () => {
    const { code, stdout, stderr } = await mapnet(folder, ['doctor']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^ok +engine onnx/m);
  });

  it('is folded in a window, and coloured where that is wanted', () => {
    vi.stubEnv('NO_COLOR', '');
    vi.stubEnv('TERM', 'xterm');
    const long: Finding = {
      topic: 'data x',
      state: 'problem',
      fact: 'word '.repeat(20).trim(),
      remedy: 'do it',
    };
    const shown = lines([long], { isTTY: true, columns: 40, write: () => true });
    expect(
      shown
        .join('\n')
        .split('\n')
        .every((line) => stripVTControlCharacters(line).length <= 40),
    ).toBe(true);
    expect(shown[0]).toContain('\u001B[31mproblem\u001B[39m');
    expect(shown.at(-1)).toBe(`${' '.repeat(17)}do it`);
  });
});

describe('node', () => {
  it.each([
    ['v18.20.0', 'problem'],
    ['v20.18.3', 'problem'],
    ['v20.19.0', 'ok'],
    ['v22.1.0', 'ok'],
    ['v24.99.9', 'ok'],
    ['v25.0.0', 'note'],
  ])('%s is %s', (version, state) => {
    expect(nodeFinding(version)).toMatchObject({ state, fact: `${version}, supported: 20.19 to 24` });
  });

  it('goes by the range of the manifests', async () => {
    const read = async (path: string): Promise<{ engines: { node: string } }> =>
      JSON.parse(await readFile(new URL(path, import.meta.url), 'utf8')) as { engines: { node: string } };
    const from = `>=${supportedNode.from.join('.')}`;
    expect((await read('../package.json')).engines.node).toBe(from);
    expect((await read('../../../package.json')).engines.node).toBe(`${from} <${supportedNode.before}`);
  });
});

describe('data', () => {
  it('are found, with their size; datasets without files are not looked for', async () => {
    const complete = await emptyFolder();
    for (const { name } of (await mnist().impl.locate?.())?.files ?? [])
      await writeFile(join(complete, name), '1234');
    const [found, ...more] = await dataFindings(createRegistry([glyphs, mnist]), mnist({ folder: complete }));
    expect(found).toEqual({
      topic: 'data mnist',
      state: 'ok',
      fact: `16 bytes in ${complete} (option folder)`,
    });
    expect(more).toEqual([]);
  });

  it('would be downloaded', async () => {
    const { findings } = await examined();
    expect(about('data mnist', findings)).toMatchObject({
      state: 'note',
      fact: `not here: 11.06 MB are downloaded into ${join(folder, 'cache', 'mnist')} when first used`,
    });
  });

  it('of a folder of the user that lacks a file are a problem', async () => {
    await mkdir(join(folder, 'mnist'));
    await writeFile(join(folder, 'mnist', 't10k-labels-idx1-ubyte'), '');
    vi.stubEnv('MAPPING_NETWORKS_DATA', folder);
    const finding = await broken('data mnist');
    expect(finding?.fact).toMatch(
      /^no train-images-idx3-ubyte\.gz, .* in .*mnist \(MAPPING_NETWORKS_DATA\)$/,
    );
  });
});

it('a cache that cannot be written is a problem', async () => {
  await writeFile(join(folder, 'file'), '');
  vi.stubEnv('MAPPING_NETWORKS_CACHE', join(folder, 'file'));
  expect((await broken('cache'))?.remedy).toContain('MAPPING_NETWORKS_CACHE');
});

describe('the environment', () => {
  it('is shown where it matters, without passwords', async () => {
    vi.stubEnv('HTTPS_PROXY', 'http://ann:secret@proxy.example:3128');
    vi.stubEnv('MAPPING_NETWORKS_DATA', join(folder, 'gone'));
    const { code, findings } = await examined();
    expect(code).toBe(0);
    expect(about('HTTPS_PROXY', findings)?.fact).toBe('http://proxy.example:3128, for downloads');
    expect(about('MAPPING_NETWORKS_DATA', findings)).toMatchObject({ state: 'note' });
    expect(JSON.stringify(findings)).not.toMatch(/secret|ann:/);
  });

  it('with a proxy that is none is a problem', async () => {
    vi.stubEnv('HTTP_PROXY', 'ftp://ann:secret@proxy');
    const finding = await broken('proxy');
    expect(finding).toMatchObject({
      fact: 'The environment variable HTTP_PROXY does not hold the URL of an HTTP proxy.',
      remedy: 'Write it as http://host:port, or unset it.',
    });
  });
});

describe('the config file', () => {
  const config = (content: object | string): Promise<void> =>
    writeFile(
      join(folder, 'mapnet.config.json'),
      typeof content === 'string' ? content : JSON.stringify(content),
    );

  it('that can be trained decides which engine is used', async () => {
    await config({ target: 'mlp', dataset: 'glyphs', latentDim: 32, engine: 'cpu' });
    const { code, findings } = await examined();
    expect(code).toBe(0);
    expect(about('config', findings)?.fact).toBe(
      'mapnet.config.json can be trained: mlp on glyphs, mapping, engine cpu',
    );
    expect(about('engine cpu', findings)?.fact).toContain('used unless');
  });

  it('may leave something to the flags', async () => {
    await config({ dataset: 'glyphs' });
    const { findings } = await examined();
    expect(about('config', findings)).toMatchObject({
      state: 'ok',
      fact: 'mapnet.config.json can be read; it leaves --target, --latent-dim to the command line',
    });
  });

  it.each([
    ['{ not JSON', /^Cannot read the config file 'mapnet\.config\.json'/],
    [{ target: 'cnn22', dataset: 'glyphs', latentDim: 9 }, /^There is no target 'cnn22'\.$/],
    [{ target: 'mlp', dataset: 'glyphs', latentDim: 9, epocs: 3 }, /^A config has no key 'epocs'\.$/],
  ])('that says %j is a problem', async (content, words) => {
    await config(content);
    const finding = await broken('config');
    expect(finding?.fact).toMatch(words);
    expect(finding?.remedy).toMatch(/\S/);
  });
});

it('packages that are not needed are found beside the config', async () => {
  const installed = join(folder, 'node_modules', '@tensorflow', 'tfjs-node');
  await mkdir(installed, { recursive: true });
  await writeFile(join(installed, 'package.json'), JSON.stringify({ version: '4.22.0' }));
  expect(optionalFindings(folder)).toMatchObject([
    { topic: 'tfjs-node', state: 'ok', fact: expect.stringMatching(/^4\.22\.0: /) as string },
    { topic: 'tfjs-node-gpu', state: 'note', remedy: expect.stringContaining('npm install') as string },
  ]);
});

it('engines of the registry are all looked at', async () => {
  const { findings } = await examined();
  const engines = findings
    .filter(({ topic }) => topic.startsWith('engine '))
    .map(({ topic }) => topic.slice(7));
  expect(engines).toEqual(
    registry()
      .list('engine')
      .map(({ name }) => name),
  );
});
