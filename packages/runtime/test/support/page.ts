// A page's script as Vite bundles it for a browser, minified.
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';

export interface Bundled {
  /** One script that leaves what `source` exports in a variable `page`. */
  readonly code: string;
  /** Of the code as a module, under gzip -9. */
  readonly bytes: number;
  /** What the module still imports. */
  readonly imports: readonly string[];
}

const PAGE = 'page.ts';

const chunkOf = async (source: string, format: 'es' | 'iife'): Promise<Rolldown.OutputChunk> => {
  const result = (await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: ['@mapping-networks/source', 'module', 'browser'] },
    build: {
      write: false,
      modulePreload: false,
      target: 'es2023',
      rollupOptions: { input: PAGE, preserveEntrySignatures: 'strict', output: { format, name: 'page' } },
    },
    plugins: [
      {
        name: 'page',
        enforce: 'pre',
        resolveId: (id) => (id === PAGE ? `\0${PAGE}` : null),
        load: (id) => (id === `\0${PAGE}` ? source : null),
      },
    ],
  })) as Rolldown.RolldownOutput;
  return result.output[0];
};

export const bundled = async (source: string): Promise<Bundled> => {
  const [module, script] = await Promise.all([chunkOf(source, 'es'), chunkOf(source, 'iife')]);
  const bytes = gzipSync(module.code, { level: 9 }).length;
  return { code: script.code, bytes, imports: [...module.imports, ...module.dynamicImports] };
};
