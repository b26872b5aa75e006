// `npm run tune`: see `TUNE_USAGE` in command/tune-command.ts.
import { join } from 'node:path';
import { tune } from './command/tune-command.ts';
import { benches } from './tuning/benches.ts';
import { sweeps } from './tuning/sweeps.ts';

process.exitCode = await tune(process.argv.slice(2), {
  sweeps,
  benches,
  folder: join(import.meta.dirname, '../tuning'),
  say: (line) => console.log(line),
});
