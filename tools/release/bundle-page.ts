// The script of a web page as Vite bundles it from what is installed in a project.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

/** Writes `page/NAME.js`, minified, and returns its bytes under gzip -9. */
export const bundlePage = async (project: string, name: string): Promise<number> => {
  await build({
    root: project,
    configFile: false,
    logLevel: 'warn',
    build: {
      outDir: 'page',
      modulePreload: false,
      target: 'es2023',
      rollupOptions: {
        input: join(project, `${name}.mjs`),
        preserveEntrySignatures: 'strict',
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  });
  return gzipSync(readFileSync(join(project, 'page', `${name}.js`)), { level: 9 }).length;
};
