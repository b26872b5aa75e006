// Where onnxruntime-node does not load, everything works on the engine wasm, and one line says what is missing.
import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { emptyFolder } from './mapnet.ts';
import { nodeArguments } from './node-arguments.ts';

/** Loaded before the command, which then finds no onnxruntime-node. */
const preload = `
const Module = require('node:module');
const { _load: load } = Module;
Module._load = function (request, ...others) {
  if (request === 'onnxruntime-node') throw new Error("Cannot find module 'onnxruntime-node'");
  return load.call(this, request, ...others);
};`;

let folder: string;
beforeAll(async () => {
  folder = await emptyFolder();
  await writeFile(join(folder, 'preload.cjs'), preload);
});

const run = (
  ...args: readonly string[]
): { readonly code: number | null; readonly stdout: string; readonly stderr: string } => {
  const before = ['--require', join(folder, 'preload.cjs')];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...before, ...nodeArguments(args)], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { code: status, stdout, stderr };
};

const small = (out: string): readonly string[] =>
  `train --target mlp --dataset glyphs --latent-dim 16 --epochs 2 --set dataset.train=100 --out ${out}`.split(
    ' ',
  );

const line =
  /^warning: onnxruntime-node does not load \(Cannot find module 'onnxruntime-node'\): training on engine 'wasm', several times slower\. For native speed: npm install onnxruntime-node$/gm;

it('training falls back to wasm, says so once, and the run says what it was trained on', async () => {
  const { code, stdout, stderr } = run(...small('run'));
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

it('an engine that is named is not replaced', () => {
  expect(run(...small('cpu'), '--engine', 'cpu')).toMatchObject({
    code: 0,
    stdout: expect.not.stringContaining('onnxruntime') as string,
  });
  for (const args of [
    ['--engine', 'onnx'],
    ['--threads', '2'],
  ]) {
    const { code, stderr } = run(...small('onnx'), ...args);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^error: ONNX Runtime does not load: .*\n.*npm install onnxruntime-node[^]*\(ENGINE_ONNX_UNAVAILABLE\)/,
    );
  }
});

it('doctor notes it, and finds nothing broken', () => {
  const { code, stdout } = run('doctor');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^note +engine onnx +ONNX Runtime does not load/m);
  expect(stdout).toMatch(/^note +onnxruntime-node +ONNX Runtime does not load/m);
  expect(stdout).toMatch(/^ok +engine wasm .* used unless --engine says otherwise$/m);
});
