// What the package promises to export, and that its list of built-in plugins misses none of them.
import * as umbrella from 'mapping-networks';
import { builtins, registry } from 'mapping-networks';
import { describe, expect, it } from 'vitest';

const isPlugin = (value: unknown): value is { readonly kind: string; readonly name: string } =>
  typeof value === 'function' && 'kind' in value && 'parse' in value;

describe('builtins', () => {
  it('are all exported plugins, each once', () => {
    const exported = Object.values(umbrella).filter(isPlugin);
    expect(new Set<unknown>(builtins)).toEqual(new Set<unknown>(exported));
    expect(builtins.length).toBe(exported.length);
  });

  it('are exported under their own names', () => {
    for (const [name, value] of Object.entries(umbrella)) if (isPlugin(value)) expect(value.name).toBe(name);
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
