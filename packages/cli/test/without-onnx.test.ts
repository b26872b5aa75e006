// Where onnxruntime-node does not load, everything works on the engine wasm, and one line says what is missing.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyFolder, here, type Finished } from './mapnet.ts';
import { imports, nodeArguments } from './node-arguments.ts';

/** Loaded before the command, which then finds no onnxruntime-node. */
const preload = `
const Module = require('node:module');
const { _load: load } = Module;
Module._load = function (request, ...others) {
  if (request === 'onnxruntime-node') throw new Error("Cannot find module 'onnxruntime-node'");
  return load.call(this, request, ...others);
};`;

/** Runs the command lines that it is sent, so that the process starts once for all of them. */
const server = `
import { run } from '@mapping-networks/cli';
process.on('message', async ({ args, folder }) => {
  let [stdout, stderr] = ['', ''];
  const streams = { stdout: { write: (text) => (stdout += text) }, stderr: { write: (text) => (stderr += text) } };
  const code = await run(args, { folder, ...streams });
  process.send({ code, stdout, stderr });
});`;

let folder: string;
let child: ChildProcess;
beforeAll(async () => {
  folder = await emptyFolder();
  await writeFile(join(folder, 'preload.cjs'), preload);
  const before = ['--require', join(folder, 'preload.cjs'), ...imports, '--input-type=module'];
  child = spawn(process.execPath, [...before, '--eval', server], {
    cwd: import.meta.dirname,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
});
afterAll(() => child.disconnect());

const node = (args: readonly string[], cwd: string): Finished => {
  const before = ['--require', join(folder, 'preload.cjs')];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...before, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { code: status, stdout, stderr };
};

const run = (...args: readonly string[]): Promise<Finished> =>
  new Promise((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`the process ended with ${code}`));
    child.once('message', (finished: Finished) => {
      child.off('exit', ended);
      resolve(finished);
    });
    child.once('exit', ended);
    child.send({ args, folder });
  });

const small = (out: string): readonly string[] =>
  `train --target mlp --dataset glyphs --latent-dim 16 --epochs 2 --set dataset.train=100 --out ${out}`.split(
    ' ',
  );

/** Every number in a result, in order. */
const numbers = (value: unknown): readonly number[] => {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbers) : [];
};

/** The one line. */
const line =
  /^warning: onnxruntime-node does not load \(Cannot find module 'onnxruntime-node'\): computing on engine 'wasm', several times slower\. For native speed: npm install onnxruntime-node \(where only an npm registry can be reached: ONNXRUNTIME_NODE_INSTALL=skip npm install onnxruntime-node\)$/gm;

it('training falls back to wasm, says so once, and the run says what it was trained on', async () => {
  const { code, stdout, stderr } = node(nodeArguments(small('run')), folder);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.match(line)).toHaveLength(1);
  const read = async (name: string): Promise<unknown> =>
    JSON.parse(await readFile(join(folder, 'run', name), 'utf8')) as unknown;
  expect(await read('run.json')).toMatchObject({ config: { engine: { use: 'wasm' } } });
  expect(await read('record.json')).toMatchObject({
    result: { engine: 'wasm' },
    warnings: [{ code: 'CONFIG_WITHOUT_ONNX' }],
  });
});

it('an engine that is named is not replaced', async () => {
  expect(await run(...small('cpu'), '--engine', 'cpu')).toMatchObject({
    code: 0,
    stdout: expect.not.stringContaining('onnxruntime') as string,
  });
  for (const args of [
    ['--engine', 'onnx'],
    ['--threads', '2'],
  ]) {
    const { code, stderr } = await run(...small('onnx'), ...args);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^error: ONNX Runtime does not load: .*\n.*npm install onnxruntime-node[^]*\(ENGINE_ONNX_UNAVAILABLE\)/,
    );
  }
});

describe('a run that was trained on onnx', () => {
  beforeAll(async () => {
    await here(folder, ...small('trained'));
  });

  it.each([
    ['eval', []],
    ['eval', ['--checkpoint', 'latest']],
    ['report', []],
  ])('%s %j looks at it on wasm, says so once, and comes to the same', async (command, flags) => {
    const args = [command, 'trained', ...flags, '--json'];
    const [there, hidden] = [await here(folder, ...args), await run(...args)];
    expect(hidden).toMatchObject({ code: 0, stderr: expect.stringMatching(line) as string });
    expect(hidden.stderr.match(line)).toHaveLength(1);
    expect(numbers(JSON.parse(hidden.stdout))).toEqual(
      numbers(JSON.parse(there.stdout)).map((value) => expect.closeTo(value, 4) as number),
    );
  });

  it('predict says so beside its answers', async () => {
    await writeFile(join(folder, 'black.png'), PNG.sync.write(new PNG({ width: 28, height: 28 })));
    const { code, stdout, stderr } = await run('predict', 'trained', 'black.png', '--json');
    expect({ code, lines: stderr.match(line)?.length }).toEqual({ code: 0, lines: 1 });
    expect(JSON.parse(stdout)).toHaveLength(1);
  });

  it('reportOf tells whoever follows its progress', () => {
    const program = `
      import { reportOf } from '@mapping-networks/cli';
      await reportOf(${JSON.stringify(join(folder, 'trained'))}, { onProgress: (text) => console.log(text) });`;
    const { stdout } = node([...imports, '--input-type=module', '--eval', program], import.meta.dirname);
    expect(stdout.match(line)).toHaveLength(1);
  });

  it('eval and report do not replace an engine that is named', async () => {
    for (const command of ['eval', 'report']) {
      expect(await run(command, 'trained', '--engine', 'onnx')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('(ENGINE_ONNX_UNAVAILABLE)') as string,
      });
    }
  });

  it('resume keeps the engine: nothing is touched, and it says what to do', async () => {
    await cp(join(folder, 'trained'), join(folder, 'cut'), { recursive: true });
    await rm(join(folder, 'cut', 'record.json'));
    const { code, stdout, stderr } = await run('resume', 'cut');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      "error: Cannot resume the run 'cut' on its engine 'onnx': ONNX Runtime does not load: Cannot find module 'onnxruntime-node'.\n" +
        'A run that is resumed keeps its engine, or its last digits would differ. What the engine lacks is told by: mapnet ' +
        'doctor. Once it opens, go on with: mapnet resume cut; or train anew on another engine. ' +
        '(CLI_ENGINE_MISSING)\n',
    );
    expect(await here(folder, 'resume', 'cut')).toMatchObject({ code: 0 });
    expect(await run('resume', 'trained')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('nothing to resume') as string,
    });
  });
});

it('doctor notes it, and finds nothing broken', async () => {
  const { code, stdout } = await run('doctor');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^note +engine onnx +ONNX Runtime does not load/m);
  expect(stdout).toMatch(/^note +onnxruntime-node +ONNX Runtime does not load/m);
  expect(stdout).toMatch(/^ok +engine wasm .* used unless --engine says otherwise$/m);
});
