// Where Firefox is: what FIREFOX_PATH names, else the usual places of each platform. A snap is none of them: it would not
// see the folder of its profile.
import { existsSync } from 'node:fs';

const USUAL: readonly string[] = [
  '/usr/lib/firefox-esr/firefox-esr',
  '/usr/lib/firefox/firefox',
  '/usr/lib64/firefox/firefox',
  '/opt/firefox/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
];

const named = process.env['FIREFOX_PATH'];

/** The second browser that tests run in; undefined where there is none. What FIREFOX_PATH names is not replaced by another. */
export const firefoxPath: string | undefined = (named ? [named] : USUAL).find((path) => existsSync(path));

/** The title of a suite that needs Firefox; where there is none, it says why the suite is skipped. */
export const inFirefox = (title: string): string => {
  if (firefoxPath !== undefined) return `${title}, in Firefox`;
  return `${title}: skipped, ${named ? `no file ${named}` : 'no Firefox here; FIREFOX_PATH may name one'}`;
};
