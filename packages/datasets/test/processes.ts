// Starts downloads as processes of their own, from the sources.
import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import type { OfficialFile } from '../src/idx/image-set.ts';

const program = fileURLToPath(new URL('download-process.ts', import.meta.url));
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

export interface Downloading {
  readonly child: ChildProcess;
  /** What it printed, once it is over. */
  readonly printed: Promise<string>;
}

/** A process that downloads `file` from `mirror` into `folder`; proxies of this one's environment are not its own. */
export const downloading = (
  folder: string,
  mirror: string,
  file: OfficialFile,
  variables: Readonly<Record<string, string>> = {},
): Downloading => {
  const { HTTP_PROXY: _1, HTTPS_PROXY: _2, NO_PROXY: _3, ...rest } = process.env;
  const { http_proxy: _4, https_proxy: _5, no_proxy: _6, ...env } = rest;
  const node = ['--conditions=@mapping-networks/source', '--import', tsx, program];
  const child = spawn(process.execPath, [...node, folder, mirror, JSON.stringify(file)], {
    env: { ...env, ...variables },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { child, printed: new Promise((resolve) => child.on('close', () => resolve(text))) };
};
