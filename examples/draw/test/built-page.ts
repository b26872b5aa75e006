// The page as it is deployed: built once into a folder of its own, served, open in a browser.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openChromium, serveFolder, watchPage, type PageRecord } from '@mapping-networks/tools/browser';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { build, type Rollup } from 'vite';

/** The example's folder. */
export const example: string = join(import.meta.dirname, '..');

/** The files of the page, as vite writes and describes them. */
export interface PageFiles {
  readonly folder: string;
  readonly outputs: Rollup.RollupOutput['output'][number][];
  remove(): Promise<void>;
}

/** Builds the page. */
export const buildPage = async (): Promise<PageFiles> => {
  const folder = await mkdtemp(join(tmpdir(), 'draw-page-'));
  const built = await build({
    configFile: join(example, 'vite.config.ts'),
    logLevel: 'silent',
    build: { outDir: folder, emptyOutDir: true },
  });
  return {
    folder,
    outputs: [built].flat().flatMap((each) => ('output' in each ? each.output : [])),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};

export interface BuiltPage {
  /** A tab of its own, with what went wrong in it. */
  open(options?: BrowserContextOptions): Promise<{ page: Page; record: PageRecord }>;
  /** Closes the tabs that are open. */
  closeTabs(): Promise<void>;
  close(): Promise<void>;
}

/** Serves the files of the page, and starts the browser. */
export const openBuiltPage = async (folder: string): Promise<BuiltPage> => {
  const served = await serveFolder(folder);
  const browser = await openChromium();
  return {
    open: async (options = {}) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
      const page = await context.newPage();
      const record = watchPage(page, served.url);
      await page.goto(served.url);
      const ready = page.locator('#facts[data-hash]').waitFor();
      await ready.catch(async (cause: unknown) => {
        const words = await page.locator('#network-name').textContent();
        throw new Error([`Expected a network, the page says: ${words}`, ...record.complaints].join('\n'), {
          cause,
        });
      });
      return { page, record };
    },
    closeTabs: async () => {
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    close: async () => {
      await browser.close();
      await served.close();
    },
  };
};
