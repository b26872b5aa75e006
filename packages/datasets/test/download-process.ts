// Downloads one file as a process of its own: what the tests kill, let race, and send through proxies. Prints every
// line of progress, and at last `done`, or the message of the error.
import { argv, env, stdout } from 'node:process';
import { download } from '../src/idx/download.ts';
import type { OfficialFile } from '../src/idx/image-set.ts';
import { smallSet } from './idx-fixtures.ts';

const [folder = '', mirror = '', file = '{}'] = argv.slice(2);
const { info } = smallSet([], {});
const onProgress = (line: string): void => void stdout.write(`${line}\n`);

await download({ info, mirrors: [mirror] }, JSON.parse(file) as OfficialFile, folder, { onProgress }, env, {
  stallMs: 5_000,
  attempts: 4,
  pauseMs: 20,
}).then(
  () => stdout.write('done\n'),
  (error: unknown) => stdout.write(`${String(error)}\n`),
);
