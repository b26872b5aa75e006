// The entry of the `mapnet` process. Nothing heavy is imported before a command asks for it, so that --help is quick.
import { run } from './run.ts';

const { stdout, stderr } = process;

/** The reader has gone: a pipe closed early, a terminal closed or hung up. */
const gone = new Set(['EPIPE', 'EIO', 'ENXIO', 'ERR_STREAM_DESTROYED']);

// `mapnet list | head` closes the pipe early: that is no error, and there is nobody left to write to. A command that
// can be interrupted, such as training, is: it ends in good order instead of working on unheard.
let alone = false;
for (const stream of [stdout, stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (!gone.has(error.code ?? '')) throw error;
    if (alone) return;
    alone = true;
    if (!process.emit('SIGINT', 'SIGINT')) process.exit(0);
  });
}

process.exitCode = await run(process.argv.slice(2), { stdout, stderr, folder: process.cwd() });
