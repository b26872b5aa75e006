// The specification prints the golden values; this keeps the page and the file the same.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import golden from './golden/random.json' with { type: 'json' };
import { goldenText } from './random/golden-text.ts';

test('docs/guides/random.md prints the golden values', () => {
  const page = readFileSync(new URL('../../../docs/guides/random.md', import.meta.url), 'utf8');
  expect(page).toContain(`\`\`\`text\n${goldenText(golden)}\n\`\`\``);
});
