// `npm run reproduce -- NAME…`: trains each config of reproduction/configs through the command line as a user would,
// keeps the result as JSON, and writes the table of all results into reproduction/README.md.
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readme } from './table.ts';
import type { GenerationTime, Outcome } from './outcome.ts';

const root = join(import.meta.dirname, '..');
const configs = join(root, 'configs');
const results = join(root, 'results');

/** The last line of `mapnet train --json`, and the most memory that the process ever held. */
const trainOnce = async (
  config: string,
  folder: string,
): Promise<{ result: Outcome['result']; peakMb: number }> => {
  const main = join(root, '../packages/cli/src/main.ts');
  const measured = join(import.meta.dirname, 'print-peak-memory.ts');
  const flags = ['--conditions=@mapping-networks/source', '--import', 'tsx', '--import', measured];
  const args = [...flags, main, 'train', '--config', config, '--out', join(folder, 'run'), '--json'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit', 'pipe'] });
  const [output, peak] = await Promise.all([textOf(child.stdout), textOf(child.stdio[3])]);
  const code =
    child.exitCode ?? (await new Promise<number | null>((resolve) => child.once('close', resolve)));
  if (code !== 0) throw new Error(`mapnet train --config ${config} ended with ${String(code)}`);
  return { result: JSON.parse(output.trim().split('\n').at(-1) ?? ''), peakMb: Number(peak) };
};

const textOf = async (stream: unknown): Promise<string> => {
  let text = '';
  for await (const chunk of stream as AsyncIterable<Buffer>) text += chunk.toString();
  return text;
};

const reproduce = async (name: string): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'reproduce-'));
  try {
    const { result, peakMb } = await trainOnce(join(configs, `${name}.json`), folder);
    const environment = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length };
    const outcome: Outcome = { name, result: { ...result, run: name }, peakMb, environment };
    await writeFile(join(results, `${name}.json`), `${JSON.stringify(outcome, null, 2)}\n`);
  } finally {
    await rm(folder, { recursive: true });
  }
};

const known = (await readdir(configs)).map((file) => file.replace(/\.json$/, '')).sort();
const names = process.argv.slice(2);
const unknown = names.find((name) => !known.includes(name));
if (unknown !== undefined) {
  console.error(`There is no config '${unknown}'. Known: ${known.join(', ')}`);
  process.exit(2);
}
for (const name of names) await reproduce(name);

const outcomes = await Promise.all(
  (await readdir(results))
    .sort()
    .map(async (file): Promise<Outcome> => JSON.parse(await readFile(join(results, file), 'utf8'))),
);
const times: GenerationTime[] = JSON.parse(await readFile(join(root, 'generation-time.json'), 'utf8'));
await writeFile(join(root, 'README.md'), readme(outcomes, known, times));
