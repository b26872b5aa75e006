// A score that is not a number ends no run: JSON says null for it, and everything that reads the record goes on.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readRecord } from '../src/run-folder/record-file.ts';
import { emptyFolder, here, small } from './mapnet.ts';

/** A metric that divides nothing by nothing. */
const config = `import * as tf from '${import.meta.resolve('@tensorflow/tfjs-core')}';
const perExample = (output) => tf.tidy(() => tf.div(tf.zeros([output.shape[0]]), tf.zeros([output.shape[0]])));
const impl = { better: 'higher', perExample };
export default { metrics: [{ kind: 'metric', name: 'empty', options: {}, impl }] };
`;

it('a metric without a value is null in the record, in --json and in the results of several seeds', async () => {
  const folder = await emptyFolder();
  await writeFile(join(folder, 'mapnet.config.mjs'), config);
  const train = ['train', ...small, '--engine', 'cpu', '--out'];
  const one = await here(folder, ...train, 'run', '--json');
  expect(one).toMatchObject({ code: 0 });
  const last = JSON.parse(one.stdout.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
  expect(last).toMatchObject({
    train: { empty: null, loss: expect.any(Number) as number },
    validation: { empty: null },
    test: { empty: null },
    gap: null,
  });
  const record = await readRecord(join(folder, 'run'));
  expect(record?.result.test['empty']).toBeNaN();
  expect(record?.history[0]?.validation?.['empty']).toBeNaN();
  expect(record?.history[0]?.train['empty']).toBeNaN();

  const report = await here(folder, 'report', 'run', '--out', 'one.html');
  expect(report).toMatchObject({ code: 0 });
  expect(await readFile(join(folder, 'one.html'), 'utf8')).not.toMatch(/undefined/);

  const several = await here(folder, ...train, 'seeds', '--seeds', '2', '--json');
  expect(several).toMatchObject({ code: 0 });
  const summary = JSON.parse(several.stdout.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
  expect(summary).toMatchObject({ summary: { test: { empty: { mean: null, std: null } } } });
  expect(await here(folder, 'report', 'seeds', '--out', 'several.html')).toMatchObject({ code: 0 });
  expect(await here(folder, 'resume', 'run')).toMatchObject({ code: 0 });
});
