// `npm run sync` writes the generated files; with --check it only says which are out of date, and fails.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { outdatedFiles } from './generated-files.ts';
import { filesOnDisk, repositoryRoot } from './workspace.ts';

const outdated = outdatedFiles(filesOnDisk(repositoryRoot));

if (!process.argv.includes('--check')) {
  for (const [path, content] of outdated) {
    writeFileSync(join(repositoryRoot, path), content);
    console.log(`wrote ${path}`);
  }
} else if (outdated.size > 0) {
  console.error(`Out of date: ${[...outdated.keys()].join(', ')}. Run \`npm run sync\`.`);
  process.exitCode = 1;
}
