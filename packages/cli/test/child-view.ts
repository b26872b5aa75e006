// A process of its own that shows a run as if it were on a terminal, for tests of how it ends: by an error nobody
// catches, by a signal, in the middle of its own warnings. Its only argument says which. It imports the view alone, and
// so nothing that computes: it starts quickly.
import { setTimeout } from 'node:timers/promises';
import { progress } from '../src/progress/progress.ts';
import { start, step } from './a-run.ts';

Object.assign(process.stdout, { isTTY: true, columns: 80, rows: 24, getWindowSize: () => [80, 24] });
Object.assign(process.stderr, { isTTY: true, columns: 80, rows: 24, getWindowSize: () => [80, 24] });

const show = progress(process.stdout, { env: { LANG: 'en_US.UTF-8' } });
show(start);
show(step(1));
const [way = ''] = process.argv.slice(2);
if (way === 'uncaught') void setTimeout(1).then(() => Promise.reject(new Error('out of the blue')));
if (way === 'exit') process.exit(3);
if (way === 'warning') {
  process.emitWarning('something is old', 'DeprecationWarning');
  await setTimeout(20);
  show(step(2));
  console.error('a library says something');
  show(step(3));
  show.close();
}
if (way.startsWith('SIG')) {
  process.stdout.write('ready\n');
  show(step(40));
  await setTimeout(60_000);
}
