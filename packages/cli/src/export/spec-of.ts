// A plugin on the command line: a bare name, or JSON with its options.
import { badSpec } from './errors.ts';

/** @throws CLI_BAD_SPEC for what begins like JSON and is none */
export const specOf = (flag: '--pass' | '--to', text: string): unknown => {
  if (!/^\s*[[{"]/.test(text)) return text.trim();
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw badSpec(flag, text, flag === '--to' ? 'onnx' : 'prune');
  }
};
