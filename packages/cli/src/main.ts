// The entry of the `mapnet` process. Nothing heavy is imported before a command asks for it, so that --help is quick.
import { run } from './run.ts';

const { stdout, stderr } = process;
process.exitCode = await run(process.argv.slice(2), { stdout, stderr, folder: process.cwd() });
