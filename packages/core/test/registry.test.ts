// Registries are values: what is in the list is what there is.
import { createRegistry, definePlugin, type Plugin } from '@mapping-networks/core';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { everything, first, pipeline, ramp, stride } from './plugins/sampler.ts';

const otherRamp: Plugin<'schedule', 'ramp', object, object> = definePlugin({
  kind: 'schedule',
  name: 'ramp',
  summary: 'Another plugin of the same name.',
  options: z.strictObject({}),
  slots: {},
  create: () => ({ factor: () => 1 }),
});

const hostile: Plugin<'sampler', '__proto__', object, object> = definePlugin({
  kind: 'sampler',
  name: '__proto__',
  summary: 'A name that would be trouble in a plain object.',
  options: z.strictObject({}),
  slots: {},
  create: () => everything().impl,
});

test('gives the plugin of a kind and name', () => {
  const registry = createRegistry([stride, first, ramp]);
  expect(registry.get('sampler', 'stride')).toBe(stride);
  expect(registry.get('schedule', 'ramp')).toBe(ramp);
});

test('lists in the order given, all or of one kind', () => {
  const registry = createRegistry([stride, ramp, first]);
  expect(registry.list()).toEqual([stride, ramp, first]);
  expect(registry.list('sampler')).toEqual([stride, first]);
  expect(registry.list('dataset')).toEqual([]);
});

test('two registries do not disturb each other', () => {
  const [one, two] = [createRegistry([ramp]), createRegistry([otherRamp, stride])];
  expect(one.get('schedule', 'ramp')).toBe(ramp);
  expect(two.get('schedule', 'ramp')).toBe(otherRamp);
  expect(() => one.get('sampler', 'stride')).toThrow(expect.objectContaining({ code: 'CORE_UNKNOWN_NAME' }));
});

test('grows into a new registry', () => {
  const one = createRegistry([ramp]);
  const two = one.with([stride]);
  expect(two.get('sampler', 'stride')).toBe(stride);
  expect(one.list()).toEqual([ramp]);
  expect(Object.isFrozen(two) && Object.isFrozen(two.plugins)).toBe(true);
});

test('is not changed through the list it was made of', () => {
  const plugins = [stride, first];
  const registry = createRegistry(plugins);
  plugins.pop();
  expect(registry.list()).toEqual([stride, first]);
});

test('the same name twice is an error, in one kind', () => {
  expect(() => createRegistry([ramp, stride, otherRamp])).toThrow(
    expect.objectContaining({
      code: 'CORE_DUPLICATE_PLUGIN',
      message: expect.stringContaining("Two plugins of kind schedule are called 'ramp'"),
    }),
  );
  expect(() => createRegistry([ramp]).with([otherRamp])).toThrow('ramp');
});

test('an unknown name is answered with the nearest and with all', () => {
  const registry = createRegistry([stride, first, pipeline]);
  expect(() => registry.get('sampler', 'strid')).toThrow(
    "no sampler 'strid'. Did you mean 'stride'? Allowed: 'stride', 'first'.",
  );
  expect(() => registry.get('dataset', 'mnist')).toThrow('Allowed: nothing.');
});

test('names of Object.prototype are names like any other', () => {
  const registry = createRegistry([stride]);
  for (const name of ['__proto__', 'constructor', 'toString']) {
    expect(() => registry.get('sampler', name)).toThrow(
      expect.objectContaining({ code: 'CORE_UNKNOWN_NAME' }),
    );
  }
  expect(createRegistry([hostile]).get('sampler', '__proto__')).toBe(hostile);
});
