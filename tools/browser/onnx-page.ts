// A page that runs ONNX models by onnxruntime-web, from files that are served locally.
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { Page } from 'playwright-core';
import { serveFolder, type ServedFolder } from './serve-folder.ts';

const PAGE = `<!doctype html><link rel="icon" href="data:,"><script type="module">
  import { env, InferenceSession, Tensor } from './ort.wasm.min.mjs';
  env.wasm.numThreads = 1;
  globalThis.run = async (file, data, shape) => {
    const session = await InferenceSession.create(file, { executionProviders: ['wasm'] });
    const { output } = await session.run({ input: new Tensor('float32', Float32Array.from(data), shape) });
    await session.release();
    return Array.from(output.data);
  };
  document.title = 'ready';
</script>`;

/** Serves these models, by the names of their files, and a page for `runOnnx`. */
export const serveOnnx = (models: Readonly<Record<string, Uint8Array>>): Promise<ServedFolder> => {
  const dist = dirname(createRequire(import.meta.url).resolve('onnxruntime-web'));
  return serveFolder(dist, { ...models, 'index.html': PAGE });
};

/** The values of `output` of a served model for its `input`. */
export const runOnnx = async (
  page: Page,
  { url }: Pick<ServedFolder, 'url'>,
  file: string,
  { data, shape }: { readonly data: ArrayLike<number>; readonly shape: readonly number[] },
): Promise<readonly number[]> => {
  await page.goto(url);
  await page.waitForFunction(() => document.title === 'ready');
  const call = [file, Array.from(data), shape].map((each) => JSON.stringify(each)).join();
  return page.evaluate<number[]>(`run(${call})`);
};
