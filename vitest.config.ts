import { availableParallelism } from 'node:os';
import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

const source = '@mapping-networks/source';

export default defineConfig({
  resolve: { conditions: [source, ...defaultServerConditions] },
  ssr: { resolve: { conditions: [source, ...defaultServerConditions], externalConditions: [source] } },
  test: {
    include: [
      'packages/*/test/**/*.test.ts',
      'examples/*/test/**/*.test.ts',
      'tools/test/**/*.test.ts',
      'fuzz/test/**/*.test.ts',
      'reproduction/test/**/*.test.ts',
      'bench/test/**/*.test.ts',
    ],
    setupFiles: ['./vitest.setup.ts'],
    pool: 'threads',
    isolate: false,
    // Where there are two cores, vitest would take one: files that wait for processes of their own leave it idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 60_000,
  },
});
