// A process that trains is killed at any moment, resumed, killed again; what it comes to has the bits of a run that was
// left alone. Other moments in every run, 20 in all; longer series: bench/kills.ts.
import { expect, it } from 'vitest';
import { killSeries, seriesWords } from './kill-series.ts';
import { emptyFolder } from './mapnet.ts';

const count = Number(process.env['MAPNET_KILLS'] ?? 10);
const seed = Number(process.env['MAPNET_KILLS_SEED'] ?? Date.now() % 1_000_000);

it.each(['cpu', 'onnx'])(
  `${count} kills at random moments (seed ${seed}) change no bit on %s`,
  { timeout: 30_000 + count * 15_000 },
  async (engine) => {
    const runs = await killSeries(await emptyFolder(), { count, seed, engine });
    console.log(seriesWords(runs, seed));
    expect(runs.flatMap(({ kills }) => kills)).toHaveLength(count);
    expect(
      runs.filter(({ identical }) => !identical),
      `seed ${seed}`,
    ).toEqual([]);
  },
);
