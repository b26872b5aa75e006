// The entry of the `mapnet` process. Nothing heavy is imported before a command asks for it, so that --help is quick.
import { run } from './run.ts';

const { stdout, stderr } = process;

// `mapnet list | head` closes the pipe early: that is no error, and there is nobody left to write to.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

process.exitCode = await run(process.argv.slice(2), { stdout, stderr, folder: process.cwd() });
