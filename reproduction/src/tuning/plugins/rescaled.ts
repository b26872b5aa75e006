// A target whose fresh parameters are spread by other factors: the scale of a tensor is also how far a step of the
// latent moves it, so that it says how the layers share the training.
import {
  definePlugin,
  initMoments,
  parameterSpace,
  type ParameterSpec,
  type Part,
  type Plugin,
} from '@mapping-networks/core';
import { z } from 'zod';

export interface RescaledOptions {
  readonly target: Part<'target'>;
  /** Of all kernels. */
  readonly kernel: number;
  /** Of all biases. */
  readonly bias: number;
  /** Of single layers by name, on top of the others. */
  readonly layers: Readonly<Record<string, number>>;
}

const factor = z.number().gt(0).max(100);

const spread = (spec: ParameterSpec, by: number): ParameterSpec => {
  const { mean, std } = initMoments(spec);
  return { ...spec, init: { type: 'normal', mean, std: std * by } };
};

export const rescaled: Plugin<
  'target',
  'rescaled',
  Pick<RescaledOptions, 'target'> & Partial<RescaledOptions>,
  RescaledOptions
> = definePlugin({
  kind: 'target',
  name: 'rescaled',
  summary: 'A target with other scales of its parameters.',
  options: z.strictObject({
    kernel: factor.default(1),
    bias: factor.default(1),
    layers: z.record(z.string(), factor).default({}),
  }),
  slots: { target: { kind: 'target' } },
  create: ({ target, kernel, bias, layers }) => ({
    ...target.impl,
    parameters: parameterSpace(
      target.impl.parameters.parameters.map((spec) =>
        spread(spec, (spec.role === 'bias' ? bias : kernel) * (layers[spec.layer] ?? 1)),
      ),
    ),
  }),
});
