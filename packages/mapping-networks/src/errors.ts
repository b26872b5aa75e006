// Every error that the umbrella package words: those about a config as a whole. Parts report their own.
import {
  MappingNetworksError,
  reasonOf,
  shown,
  suggestion,
  withArticle,
  type LossWarning,
} from '@mapping-networks/core';

const error = (code: string, problem: string, remedy: string): MappingNetworksError =>
  new MappingNetworksError({ code: `CONFIG_${code}`, problem, remedy });

export const notAConfig = (received: unknown): MappingNetworksError =>
  error(
    'NOT_A_CONFIG',
    `Expected a config object, got ${received === undefined ? 'nothing' : shown(received)}.`,
    "Pass for example { target: 'cnn2', dataset: 'glyphs', latentDim: 2048 }.",
  );

export const unknownKey = (key: string, known: readonly string[]): MappingNetworksError =>
  error('UNKNOWN_KEY', `A config has no key '${key}'.`, suggestion(key, known));

/** When a config names no target or no dataset. */
export const missingKey = (key: string, names: readonly string[]): MappingNetworksError =>
  error(
    'MISSING_KEY',
    `The config names no ${key}.`,
    `Set '${key}' to one of ${names.map((name) => `'${name}'`).join(', ')}, or to what ${withArticle(key)} plugin returns.`,
  );

export const missingParameterization = (): MappingNetworksError =>
  error(
    'MISSING_PARAMETERIZATION',
    'The config does not say how the parameters of the target come about.',
    "Set latentDim (such as 2048) for a mapping, or parameterization: 'direct' for the baseline.",
  );

export const bothLatentDims = (): MappingNetworksError =>
  error(
    'BOTH_LATENT_DIMS',
    "The config has both 'latentDim' and 'parameterization'.",
    'latentDim is short for a mapping of that size: move it into the parameterization, or leave that out.',
  );

export const invalidPlugins = (): MappingNetworksError =>
  error(
    'INVALID_PLUGINS',
    "Expected 'plugins' to be a list of what definePlugin returns.",
    'Pass the plugins themselves, not their names and not what they return: plugins: [myTarget].',
  );

/** A warning: what was asked for is done, on the engine `wasm`. */
export const withoutOnnx = (cause: unknown): LossWarning => ({
  code: 'CONFIG_WITHOUT_ONNX',
  message: `onnxruntime-node does not load (${reasonOf(cause)}): computing on engine 'wasm', several times slower. For native speed: npm install onnxruntime-node (where only an npm registry can be reached: ONNXRUNTIME_NODE_INSTALL=skip npm install onnxruntime-node)`,
});
