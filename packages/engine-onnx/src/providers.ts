// What computes is there, and starts, before a step is compiled for it.
import type { OnnxModel } from '@mapping-networks/graph';
import { noProvider, providerFailed } from './errors.ts';
import { PROVIDERS, type Provider } from './options.ts';
import type { Onnxruntime } from './runtime/onnxruntime.ts';

/** What ONNX Runtime was built with, of what the engine offers. */
export const providersOf = ({ listSupportedBackends }: Onnxruntime): readonly Provider[] => {
  const built = new Set(listSupportedBackends().map(({ name }) => name));
  return PROVIDERS.filter((provider) => built.has(provider));
};

/**
 * A provider may be part of ONNX Runtime and still lack its libraries or its device: `attempt` loads a model with them.
 *
 * @throws ENGINE_ONNX_PROVIDER, ENGINE_ONNX_PROVIDER_FAILED
 */
export const requireProviders = async (
  providers: readonly Provider[],
  supported: readonly Provider[],
  attempt: () => Promise<void>,
): Promise<void> => {
  for (const provider of providers) if (!supported.includes(provider)) throw noProvider(provider, supported);
  if (providers.every((provider) => provider === 'cpu')) return;
  try {
    await attempt();
  } catch (cause) {
    throw providerFailed(providers, cause);
  }
};

/** The smallest model to try a provider with: y = −x. */
export const SMALLEST_MODEL: OnnxModel = {
  operatorSets: [{ domain: '', version: 18 }],
  inputs: [{ name: 'x', dtype: 'float32', shape: [1] }],
  outputs: [{ name: 'y', result: 'y', dtype: 'float32', shape: [1] }],
  initializers: [],
  nodes: [
    {
      operator: 'Neg',
      domain: '',
      inputs: ['x'],
      outputs: [{ name: 'y', dtype: 'float32', shape: [1] }],
      attributes: {},
    },
  ],
};
