// Packages that are not needed, and what one would gain by them.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { note, ok, type Finding } from './finding.ts';

const names = ['@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu'] as const;

const gains = {
  '@tensorflow/tfjs-node': "TensorFlow's native kernels, on all cores",
  '@tensorflow/tfjs-node-gpu': "TensorFlow's native kernels, on an NVIDIA GPU",
} as const;

/** Found where a config file in this folder would find them, or beside this command. */
export const optionalFindings = (folder: string): readonly Finding[] =>
  names.map((name) => {
    const found = versionOf(name, join(folder, 'package.json')) ?? versionOf(name, import.meta.url);
    const engine = `an engine of your own around it: eagerEngine of @mapping-networks/engine-eager`;
    return found === undefined
      ? note(name, `not installed, not needed; for ${gains[name]}`, `npm install ${name}, and ${engine}`)
      : ok(name, `${found}: ${gains[name]}, by ${engine}`);
  });

/** The version of a package as `from` sees it; undefined where it is not installed. Nothing of it is run. */
const versionOf = (name: string, from: string): string | undefined => {
  try {
    const manifest: unknown = createRequire(from)(`${name}/package.json`);
    return String(Reflect.get(Object(manifest), 'version'));
  } catch {
    return undefined;
  }
};
