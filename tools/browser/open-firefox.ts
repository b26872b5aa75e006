// Starts Firefox, headless, without a driver: it opens one page, which has to tell by itself what came of it. Its profile
// is its own, and nothing but this machine can be reached from it.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firefoxPath } from './firefox.ts';

const PREFERENCES: Readonly<Record<string, string | number | boolean>> = {
  // A proxy that is not there, for all but the loopback interface, so that it does not call home.
  'network.proxy.type': 1,
  'network.proxy.http': '127.0.0.1',
  'network.proxy.http_port': 9,
  'network.proxy.ssl': '127.0.0.1',
  'network.proxy.ssl_port': 9,
  'network.proxy.no_proxies_on': '127.0.0.1',
  'app.update.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.reportingpolicy.firstRun': false,
};

/** A browser with one page. */
export interface OpenFirefox {
  /** What it said on stderr, once it has ended: before `close`, the reason why no answer will come. */
  readonly ended: Promise<string>;
  close(): Promise<void>;
}

/** Opens `url` in a headless Firefox of its own; the caller closes it. */
export const openFirefox = async (url: string): Promise<OpenFirefox> => {
  if (firefoxPath === undefined) throw new Error('Expected a Firefox; set FIREFOX_PATH to its executable.');
  const profile = await mkdtemp(join(tmpdir(), 'firefox-'));
  const lines = Object.entries(PREFERENCES).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  await writeFile(join(profile, 'user.js'), lines.join(''));
  const child = spawn(firefoxPath, ['--headless', '--no-remote', '--profile', profile, url], {
    env: { ...process.env, HOME: profile },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<string>((resolve) => {
    child.once('error', (cause) => resolve(cause.message));
    child.once('close', () => resolve(said));
  });
  return {
    ended,
    close: async () => {
      child.kill();
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
};
