// Loading wasm leaves the error handling of the process alone: what a program throws afterwards is reported as if
// TensorFlow.js were not there, and handlers of the program stay.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** A program that opens the engine and goes on with `after`. */
const run = (
  after: string,
): { readonly status: number | null; readonly stdout: string; readonly stderr: string } =>
  spawnSync(
    process.execPath,
    [
      '--conditions=@mapping-networks/source',
      '--import',
      tsx,
      '--input-type=module',
      '--eval',
      `import { wasm } from '@mapping-networks/engine-eager';
       const counts = () => ['uncaughtException', 'unhandledRejection'].map((name) => process.listenerCount(name));
       process.on('unhandledRejection', () => {});
       const before = counts();
       const session = await wasm().impl.open();
       console.log(JSON.stringify([before, counts()]));
       ${after}`,
    ],
    { cwd: fileURLToPath(new URL('..', import.meta.url)), encoding: 'utf8' },
  );

it('keeps the listeners of the program and leaves none of its own', () => {
  const { stdout, status } = run('session.dispose();');
  const [before, after] = JSON.parse(stdout) as number[][];
  expect(status).toBe(0);
  expect(after).toEqual(before);
  expect(after?.[1]).toBeGreaterThan(0);
});

it.each([
  ['thrown', "setTimeout(() => { throw new Error('boom'); });"],
  ['rejected', "process.removeAllListeners('unhandledRejection'); void Promise.reject(new Error('boom'));"],
])('an error that is %s later is told in a few lines', (_, after) => {
  const { stderr, status } = run(after);
  expect(status).toBe(1);
  expect(stderr).toContain('Error: boom');
  expect(stderr.length).toBeLessThan(2000);
});
