// Starts the browser, headless, and keeps it from calling home.
import { chromium, type Browser } from 'playwright-core';
import { chromiumPath } from './chromium.ts';

const FLAGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A headless Chromium of its own; the caller closes it. */
export const openChromium = (): Promise<Browser> => {
  if (chromiumPath === undefined)
    throw new Error('Expected a Chromium; set CHROMIUM_PATH to its executable.');
  return chromium.launch({ executablePath: chromiumPath, headless: true, args: [...FLAGS] });
};
