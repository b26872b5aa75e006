// The demo: trains CNN2 as 2,048 numbers and a linear model beside it, stores the first in a few kilobytes, reloads it
// in a new process, and leaves a report. Ends with a failure when anything it promises does not hold.
import { saveRun } from '@mapping-networks/cli';
import { modelFingerprint, pipeline } from 'mapping-networks';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readOptions, sizeOf } from './options.ts';
import { reload } from './reload-check.ts';
import { demoReport } from './report.ts';
import { count, percent, plain, printed, table } from './table.ts';
import { trainRow, type Row } from './train-row.ts';

const options = readOptions(process.argv.slice(2));
const { dataset, epochs, linearEpochs, bar } = sizeOf(options);
const say = (line = ''): void => console.log(plain(line));

say('Mapping Networks: a convolutional network trained and stored as 2,048 numbers\n');
say('CNN2, its parameters generated from 2,048 numbers');
const run = pipeline({ target: 'cnn2', dataset, latentDim: 2048, epochs });
const mapped = await trainRow('cnn2, mapping', run);

say(`\nA linear model beside it, trained longer: ${linearEpochs} epochs`);
const linearConfig = {
  target: { use: 'mlp', hidden: [] },
  parameterization: 'direct',
  learningRate: 0.3,
} as const;
const linear = await trainRow('linear model', pipeline({ ...linearConfig, dataset, epochs: linearEpochs }));

const rows: [Row, ...Row[]] = [mapped, linear];
if (options.compare) {
  say('\nCNN2, all parameters trained directly');
  const direct = pipeline({ target: 'cnn2', parameterization: 'direct', dataset, epochs });
  rows.push(await trainRow('cnn2, direct', direct));
}

say();
for (const line of printed(table(rows))) say(line);

const { artifactBytes } = await saveRun(options.folder, run.record, mapped.trained);
say(
  `\nSaved in ${options.folder}: the network (latent.safetensors and config.json, ${count(artifactBytes)} bytes) and its record`,
);

const fingerprint = modelFingerprint(mapped.trained.model);
const again = await reload(options.folder);
say(
  `Reloaded in a new process: accuracy ${percent(again.accuracy)}, fingerprint ${again.fingerprint.slice(0, 16)}…`,
);

const page = join(options.folder, 'report.html');
await writeFile(page, await demoReport(options.folder, rows, linear));
say(`Report, for a browser: ${page}\n`);

const checks: readonly (readonly [holds: boolean, says: string])[] = [
  [mapped.accuracy >= bar, `at least ${percent(bar)} of the test split is classified right`],
  [again.accuracy === mapped.accuracy, 'the reloaded network has the same accuracy'],
  [again.fingerprint === fingerprint, 'the reloaded network has the same parameters, bit for bit'],
];
for (const [holds, says] of checks) say(`${holds ? '✓' : '✗'} ${says}`);
if (checks.some(([holds]) => !holds)) process.exitCode = 1;
else say(`\nNext: npm run mapnet -- info ${options.folder}, or npm run mapnet -- --help`);
