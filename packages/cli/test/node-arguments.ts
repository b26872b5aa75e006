// How node is told to run the command from its sources.
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** The arguments of node for any program in JavaScript that imports packages by name. */
export const imports: readonly string[] = ['--conditions=@mapping-networks/source', '--import', tsx];

/** The arguments of node for `mapnet` with these. */
export const nodeArguments = (args: readonly string[]): readonly string[] => [...imports, main, ...args];
