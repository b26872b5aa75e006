// How long the built command takes from its start to the end of its output, each command line 20 times in a process of
// its own, in turns, so that other load on the machine falls on all of them. From the repository root, after a build:
//   npx tsx packages/cli/bench/startup.ts [path of mapnet.js] [times]
// `node -e 0` is what Node alone takes.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const [bin = fileURLToPath(new URL('../bin/mapnet.js', import.meta.url)), times = '20'] =
  process.argv.slice(2);

const commands: readonly (readonly string[])[] = [
  ['-e', '0'],
  ...['--help', '--version', 'train --help', 'completion bash'].map((line) => [bin, ...line.split(' ')]),
];

/** Milliseconds that the process took. */
const run = (args: readonly string[]): number => {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const took = performance.now() - began;
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  return took;
};

const rounds = Array.from({ length: Number(times) }, () => commands.map(run));

for (const [index, args] of commands.entries()) {
  const sorted = rounds.map((round) => round[index] ?? Number.NaN).toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const name = args[0] === bin ? ['mapnet', ...args.slice(1)].join(' ') : 'node -e 0';
  console.log(
    `${name.padEnd(24)} median ${median.toFixed(0)} ms, min ${(sorted[0] ?? Number.NaN).toFixed(0)} ms`,
  );
}
