// `npm run bench`: times training steps, evaluation and generation of weights on our engines and in PyTorch, each in a
// process of its own, in turns. A whole run is kept in bench/results.json, and bench/README.md is made from it.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { againstOnnx } from './against-onnx.ts';
import { againstTorch } from './against-torch.ts';
import { parseArguments, USAGE, type Arguments } from './arguments.ts';
import { groupsOf, type Contestant, type Group } from './contestants.ts';
import { withHeadline } from './headline.ts';
import { isBusy, machineOf } from './machine.ts';
import { page } from './page.ts';
import { findPython, pythonMissing, type Python } from './python.ts';
import { race } from './race.ts';
import { ratiosOf } from './ratios.ts';
import type { Measurement, Results } from './results.ts';

const folder = join(import.meta.dirname, '..');
const log = (line: string): void => console.error(line);

/** Whether a contestant takes more than a gigabyte. */
const isHeavy = ({ engine, exercise }: Contestant): boolean =>
  /^torch-(dense|matvec)$/.test(engine) && 'network' in exercise && exercise.network !== 'lstm';

const lightened = (group: Group): Group => ({
  ...group,
  contestants: group.contestants.filter((contestant) => !isHeavy(contestant)),
});

const busy = (load: number): string =>
  `The machine is busy (load ${load}). PyTorch suffers most; no goal will be judged.`;

const measure = async (args: Arguments, python: Python | undefined): Promise<Results> => {
  const groups = groupsOf(args.only);
  if (groups.length === 0) throw new Error(`There is no group '${args.only}'.\n${USAGE}`);
  const machine = machineOf(python?.version);
  if (isBusy(machine)) log(busy(machine.load));
  const cases: Measurement[] = [];
  for (const group of groups) {
    const { rounds, turnMs } = args;
    const setting = { rounds, turnMs, warmUp: args.light ? 1 : 3, python: python?.command, log };
    cases.push(...(await race(args.light ? lightened(group) : group, setting)));
  }
  return { machine, cases, ratios: ratiosOf(cases) };
};

const keep = async (results: Results): Promise<void> => {
  await writeFile(join(folder, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
  await writeFile(join(folder, 'README.md'), page(results));
  const readme = join(folder, '../README.md');
  await writeFile(readme, withHeadline(await readFile(readme, 'utf8'), results));
};

const print = ({ cases, ratios }: Results): void => {
  console.table(cases);
  console.table(ratios);
};

/** Compares with what others compute, as far as they are there. */
const check = async ({ only }: Arguments, torch: Python | undefined): Promise<void> => {
  if (torch && !(await againstTorch(torch.command, only))) process.exitCode = 1;
  const reference = await findPython('onnx.reference');
  if (!reference) log(pythonMissing('onnx.reference', 'Install it (pip install onnx, 1.13 or later)'));
  else if (!(await againstOnnx(reference.command, only))) process.exitCode = 1;
};

const main = async (): Promise<void> => {
  const args = parseArguments(process.argv.slice(2));
  const python = await findPython('torch');
  if (!python) log(pythonMissing('torch', 'Install it (on Debian: apt install python3-torch)'));
  if (args.check) return check(args, python);
  const results = await measure(args, python);
  if (args.json) console.log(JSON.stringify(results, null, 2));
  else print(results);
  if (args.write) await keep(results);
};

await main();
