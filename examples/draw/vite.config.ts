// The page is static: relative addresses, so that it works in any folder of any host. The runtime stays a file of its
// own, so that the page can show what it weighs.
import { defineConfig, defaultClientConditions } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  resolve: { conditions: ['@mapping-networks/source', ...defaultClientConditions] },
  worker: { format: 'es' },
  // Found only when a training starts, what the worker imports would make the development server load the page anew.
  optimizeDeps: { entries: ['index.html', 'src/train/worker.ts'] },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      output: {
        codeSplitting: { groups: [{ name: 'runtime', test: /packages\/runtime\// }] },
      },
    },
  },
});
