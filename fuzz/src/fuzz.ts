// `npm run fuzz`: attacks every reader of files with hostile inputs and prints what came of it. Fails when one file was
// taken that should not be, or one reader crashed, hung, or took more memory than its bound.
//   npm run fuzz -- [--hostile 10000] [--seed 0] [--format safetensors] [--write]
import { fork } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { FORMATS } from './formats/all.ts';
import type { Report } from './oracle/campaign.ts';
import type { Message } from './run-format.ts';
import { table } from './table.ts';

/** Milliseconds that one case may take. */
const MOST_MS = 5_000;
/** After this silence a process is taken to hang. */
const HANG_MS = 60_000;

const { values } = parseArgs({
  options: {
    hostile: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '0' },
    format: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});

export interface Finished {
  readonly report: Report;
  /** Growth of the resident memory of the process over all cases, garbage included. */
  readonly peakBytes: number;
}

const run = (format: string): Promise<Finished> =>
  new Promise((resolve, reject) => {
    const path = fileURLToPath(new URL('run-format.ts', import.meta.url));
    const child = fork(path, [format, values.hostile, values.seed, String(MOST_MS)]);
    let index = -1;
    const hung = () => {
      child.kill('SIGKILL');
      reject(new Error(`${format}: case ${index} did not end within ${HANG_MS / 1000} s`));
    };
    let timer = setTimeout(hung, HANG_MS);
    child.on('message', (message: Message) => {
      clearTimeout(timer);
      if (message.type === 'report') return resolve(message);
      index = message.index;
      timer = setTimeout(hung, HANG_MS);
    });
    // Not at its exit: the report may still be on its way then.
    child.on('disconnect', () => {
      clearTimeout(timer);
      const { exitCode, signalCode } = child;
      const how = signalCode ?? (exitCode === null ? 'by itself' : `exit code ${exitCode}`);
      reject(new Error(`${format}: the process ended in case ${index} (${how})`));
    });
  });

/** Puts the table into the README. */
const writeTable = (rows: string): void => {
  const path = new URL('../README.md', import.meta.url);
  const text = readFileSync(path, 'utf8');
  const [before = ''] = text.split(/(?<=<!-- table: .*-->\n)/);
  const seed = `Seed ${values.seed}, Node ${process.versions.node}.`;
  writeFileSync(path, `${before}\n${rows}\n\n${seed}\n\n<!-- /table -->\n`);
};

const finished: Finished[] = [];
for (const { name } of FORMATS) {
  if (values.format !== undefined && values.format !== name) continue;
  finished.push(await run(name));
}
const rows = table(finished);
console.log(rows);
if (values.write) writeTable(rows);
const findings = finished.flatMap(({ report }) =>
  report.findings.map((finding) => ({ format: report.format, ...finding })),
);
for (const { format, index, what, verdict, reason } of findings)
  console.log(`\n${format}, case ${index} (${what}): ${verdict}\n  ${reason}`);
if (findings.length > 0) process.exitCode = 1;
