// A longer series of kills than the test's: npm run kills -w @mapping-networks/cli -- 200 [seed]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killSeries, seriesWords } from '../test/kill-series.ts';

const [count = '200', seed = String(Date.now() % 1_000_000)] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'mapnet-kills-'));
console.log(`seed ${seed}, in ${folder}`);
const series = await killSeries(folder, Number(count), Number(seed), ({ after, during }, index) => {
  console.log(`kill ${index}: after ${after.toFixed(0)} ms, during ${during}`);
});
console.log(seriesWords(series, Number(seed)));
if (series.runs.every(({ identical }) => identical)) await rm(folder, { recursive: true });
else process.exitCode = 1;
