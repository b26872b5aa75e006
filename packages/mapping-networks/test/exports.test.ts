// What the package promises to export, and that its list of built-in plugins misses none of them.
import * as umbrella from 'mapping-networks';
import { builtins, registry } from 'mapping-networks';
import { describe, expect, it } from 'vitest';

const isPlugin = (value: unknown): value is { readonly kind: string; readonly name: string } =>
  typeof value === 'function' && 'kind' in value && 'parse' in value;

it('has what goes with structured pruning: shrink takes feedForward, sensitivity a passContext', async () => {
  const { applyPasses, direct, feedForward, mlp, modelMap, prune, sensitivity, shrink } = umbrella;
  const parts = { target: mlp({ inputShape: [4], hidden: [8], classes: 2 }), parameterization: direct() };
  const network = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
  const context = {
    evaluate: async () => ({ loss: 0 }),
    outputs: async () => ({ dtype: 'float32', shape: [1, 2], data: new Float32Array(2) }) as const,
  };
  const { model } = await applyPasses(network, [prune({ structure: 'filters', sparsity: 0.5 })], context);
  expect(shrink(model, feedForward).target.impl.parameters.size).toBe(30);
  expect((await sensitivity(network, context)).layers.map(({ name }) => name)).toEqual(['fc1', 'fc2']);
});

describe('builtins', () => {
  it('are all exported plugins, each once', () => {
    const exported = Object.values(umbrella).filter(isPlugin);
    expect(new Set<unknown>(builtins)).toEqual(new Set<unknown>(exported));
    expect(builtins.length).toBe(exported.length);
  });

  it('are exported under their own names, but for the exporter that is called like an engine', () => {
    for (const [name, value] of Object.entries(umbrella))
      if (isPlugin(value)) expect(value.name).toBe(name === 'onnxModel' ? 'onnx' : name);
    expect([umbrella.onnx.kind, umbrella.onnxModel.kind]).toEqual(['engine', 'exporter']);
  });

  it('are found by kind and name', () => {
    for (const plugin of builtins) expect(registry().get(plugin.kind, plugin.name)).toBe(plugin);
  });

  it('describe themselves to a list', () => {
    for (const { kind, name, summary, schema } of builtins) {
      expect(summary, `${kind} ${name}`).toMatch(/\.$/);
      expect(schema, `${kind} ${name}`).toMatchObject({ type: 'object' });
    }
  });
});
