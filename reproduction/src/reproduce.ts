// `npm run reproduce`: see `USAGE` in command/options.ts.
import { join } from 'node:path';
import { reproduce } from './command/reproduce-command.ts';
import { experiments } from './experiments/all.ts';

process.exitCode = await reproduce(process.argv.slice(2), {
  experiments,
  root: join(import.meta.dirname, '..'),
  readme: join(import.meta.dirname, '../../README.md'),
  say: (line) => console.log(line),
});
