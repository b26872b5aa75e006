// Memory does not grow with the number of runs. A process of its own: what others do in this one would be counted too.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

const RUNS = 3000;
const bench = fileURLToPath(new URL('../bench/memory.ts', import.meta.url));
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

it('stays the same over thousands of runs, beside JavaScript and not', () => {
  const options = ['--expose-gc', '--conditions=@mapping-networks/source', '--import', tsx];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...options, bench, String(RUNS)], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  for (const worker of [true, false]) {
    const lines = stdout.split('\n').filter((line) => line.startsWith(`worker ${worker}`));
    const resident = lines.map((line) => Number(/(\d+\.\d) MB resident/.exec(line)?.[1]));
    expect(resident).toHaveLength(6);
    // After the first fifth, 2,400 runs of 131 KB each way: what is left behind of each, if anything is, comes to more.
    expect((resident.at(-1) ?? Infinity) - (resident[1] ?? 0)).toBeLessThan(60);
  }
});
