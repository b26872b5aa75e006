#!/usr/bin/env node
import { existsSync } from 'node:fs';

const main = new URL('../dist/main.js', import.meta.url);
if (existsSync(main)) {
  await import(main.href);
} else {
  console.error(
    'error: mapnet has not been built in this clone.\nUse npm run mapnet -- …, or npm run build first.',
  );
  process.exitCode = 1;
}
