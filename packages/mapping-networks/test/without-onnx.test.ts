// Where onnxruntime-node does not load and nobody listens to a run, the console is told once a process.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

const program = `
import Module from 'node:module';
const { _load: load } = Module;
Module._load = function (request, ...others) {
  if (request === 'onnxruntime-node') throw new Error("Cannot find module 'onnxruntime-node'");
  return load.call(this, request, ...others);
};
const { cpu, evaluationEngine, onnx, onnxSupport, pipeline } = await import('mapping-networks');
const dataset = { use: 'glyphs', train: 64, validation: 16, test: 16 };
const config = { target: { use: 'mlp', hidden: [4] }, dataset, latentDim: 8, epochs: 1, batchSize: 32 };
const heard = [];
const onEvent = (event) => { if (event.type === 'warning') heard.push(event.code); };
await pipeline(config).train({ onEvent });
await pipeline(config).train();
const { warnings } = await pipeline(config).train();
await pipeline({ ...config, engine: 'cpu' }).train({ onEvent });
const { record } = pipeline(config);
const again = [onnx({ threads: 2 }), cpu()].map(evaluationEngine).map(({ engine, warning }) => [engine.name, warning?.code]);
console.log(JSON.stringify({ heard, kept: warnings.map(({ code }) => code), engine: record.engine, available: onnxSupport().available, again }));
`;

it('training falls back to wasm, and one line says what is missing', () => {
  const options = ['--conditions=@mapping-networks/source', '--import', tsx, '--input-type=module'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...options, '--eval', program], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr:
      "mapping-networks: onnxruntime-node does not load (Cannot find module 'onnxruntime-node'): computing on engine " +
      "'wasm', several times slower. For native speed: npm install onnxruntime-node (where only an npm registry can be " +
      'reached: ONNXRUNTIME_NODE_INSTALL=skip npm install onnxruntime-node)\n',
  });
  expect(JSON.parse(stdout)).toEqual({
    heard: ['CONFIG_WITHOUT_ONNX'],
    kept: ['CONFIG_WITHOUT_ONNX'],
    engine: { use: 'wasm' },
    available: false,
    again: [
      ['wasm', 'CONFIG_WITHOUT_ONNX'],
      ['cpu', null],
    ],
  });
});
