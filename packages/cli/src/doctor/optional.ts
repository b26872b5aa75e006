// Packages that are not needed, and what one would gain by them.
import { onnxSupport } from 'mapping-networks';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { note, ok, type Finding } from './finding.ts';

const gains = {
  'tfjs-node': "TensorFlow's native kernels, on all cores",
  'tfjs-node-gpu': "TensorFlow's native kernels, on an NVIDIA GPU",
} as const;

const engine = 'an engine plugin of your own around it (eagerEngine of @mapping-networks/engine-eager)';

/** ONNX Runtime itself; what its engine makes of it is told with the engines. */
export const onnxruntimeFinding = (): Finding => {
  const topic = 'onnxruntime-node';
  const support = onnxSupport();
  if (support.available) {
    const { version, providers } = support;
    return ok(topic, `${version}, built for ${providers.join(', ')} (option providers of engine onnx)`);
  }
  const { message, remedy } = support.error;
  return note(topic, message.replace(` ${remedy}`, ''), remedy);
};

/** Found where a config file in this folder would find them, or beside this command. */
export const optionalFindings = (folder: string): readonly Finding[] =>
  Object.entries(gains).map(([topic, gain]) => {
    const name = `@tensorflow/${topic}`;
    const found = versionOf(name, join(folder, 'package.json')) ?? versionOf(name, import.meta.url);
    return found === undefined
      ? note(topic, `not installed, not needed: ${gain}`, `To use it: npm install ${name}, and ${engine}.`)
      : ok(topic, `${found}: ${gain}, by ${engine}`);
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
