// Where Chromium is: what CHROMIUM_PATH names, else the usual places of each platform.
import { existsSync } from 'node:fs';

const USUAL: readonly string[] = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const named = process.env['CHROMIUM_PATH'];

/** The browser that tests run in; undefined where there is none. What CHROMIUM_PATH names is not replaced by another. */
export const chromiumPath: string | undefined = (named ? [named] : USUAL).find((path) => existsSync(path));

/** The title of a suite that needs Chromium; where there is none, it says why the suite is skipped. */
export const inChromium = (title: string): string => {
  if (chromiumPath !== undefined) return `${title}, in Chromium`;
  return `${title}: skipped, ${named ? `no file ${named}` : 'no Chromium here; CHROMIUM_PATH may name one'}`;
};
