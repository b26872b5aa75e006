// The page is static: relative addresses, so that it works in any folder of any host. The runtime stays a file of its
// own, so that the page can show what it weighs.
import { defineConfig, defaultClientConditions } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  resolve: { conditions: ['@mapping-networks/source', ...defaultClientConditions] },
  worker: { format: 'es' },
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
