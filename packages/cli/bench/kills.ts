// A longer series of kills than the test's: npm run kills -w @mapping-networks/cli -- 200 [seed [engine]]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killSeries, seriesWords, type KilledRun } from '../test/kill-series.ts';

const [count = '200', seed = String(Date.now() % 1_000_000), engine = 'onnx'] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'mapnet-kills-'));
console.log(`seed ${seed}, engine ${engine}, in ${folder}`);
const onRun = ({ name, kills, identical }: KilledRun): void => {
  const moments = kills.map(({ moment, during }) => `${JSON.stringify(moment)} during ${during}`);
  console.log(`${name}: ${identical ? 'identical' : 'DIFFERS'} after\n  ${moments.join('\n  ')}`);
};
const runs = await killSeries(folder, { count: Number(count), seed: Number(seed), engine, onRun });
console.log(seriesWords(runs, Number(seed)));
if (runs.every(({ identical }) => identical)) await rm(folder, { recursive: true });
else process.exitCode = 1;
