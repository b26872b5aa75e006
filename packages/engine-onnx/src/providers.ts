// What computes is there, and starts, before a step is compiled for it.
import type { OnnxModel } from '@mapping-networks/graph';
import { noProvider, providerFailed } from './errors.ts';
import type { Provider } from './options.ts';

/**
 * A provider may be part of ONNX Runtime and still lack its libraries or its device: `attempt` loads a model with them.
 *
 * @throws ENGINE_ONNX_PROVIDER, ENGINE_ONNX_PROVIDER_FAILED
 */
export const requireProviders = async (
  providers: readonly Provider[],
  supported: readonly string[],
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
