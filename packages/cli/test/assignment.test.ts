// `--set` must reach any option, leave the config it is given alone, and never touch a prototype.
import { mapping, oneHot } from '@mapping-networks/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign, parseAssignment } from '../src/config/assignment.ts';

const set = (config: Readonly<Record<string, unknown>>, ...texts: readonly string[]): unknown =>
  texts.map(parseAssignment).reduce(assign, config);

describe('parseAssignment', () => {
  it.each([
    ['epochs=3', ['epochs'], 3],
    ['target.hidden=[64,32]', ['target', 'hidden'], [64, 32]],
    ['target=cnn2', ['target'], 'cnn2'],
    ['a.b-c=x=y', ['a', 'b-c'], 'x=y'],
    ['target.name="3"', ['target', 'name'], '3'],
    ['flag=true', ['flag'], true],
    ['empty=', ['empty'], ''],
  ])('reads %s', (text, path, value) => {
    expect(parseAssignment(text)).toEqual({ path, value });
  });

  it.each(['epochs', '=3', 'a..b=1', '.a=1', 'a b=1'])('refuses %s', (text) => {
    expect(() => parseAssignment(text)).toThrow(`got '${text}'`);
  });

  it.each(['engine.providers=[cuda]', 'target={use:mlp}', 'target.hidden=[64,'])('refuses %s', (text) => {
    expect(() => parseAssignment(text)).toThrow(`--set ${text}: what begins with [ or { has to be JSON`);
  });

  it('reads back any JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = JSON.stringify(value);
        expect(parseAssignment(`key=${json}`).value).toEqual(JSON.parse(json));
      }),
    );
  });
});

describe('assign', () => {
  it('opens a bare name so that it can take options', () => {
    expect(set({ target: 'mlp' }, 'target.hidden=[8]')).toEqual({ target: { use: 'mlp', hidden: [8] } });
  });

  it('opens a part with every option it has', () => {
    const config = { parameterization: mapping({ latentDim: 8, projection: oneHot() }) };
    expect(set(config, 'parameterization.latentDim=9')).toMatchObject({
      parameterization: { use: 'mapping', latentDim: 9, projection: { use: 'oneHot' } },
    });
  });

  it('leaves the default plugin to whoever resolves the config', () => {
    expect(set({}, 'optimizer.beta1=0.8')).toEqual({ optimizer: { beta1: 0.8 } });
  });

  it('lets the last one win and leaves the config as it was', () => {
    const config = Object.freeze({ target: Object.freeze({ use: 'mlp' }) });
    expect(set(config, 'target.hidden=[1]', 'target.hidden=[2]')).toEqual({
      target: { use: 'mlp', hidden: [2] },
    });
    expect(config).toEqual({ target: { use: 'mlp' } });
  });

  it('refuses to open numbers and lists', () => {
    expect(() => set({ epochs: 3 }, 'epochs.of=4')).toThrow("'epochs' is a plain value");
    expect(() => set({ target: [] }, 'target.hidden=4')).toThrow("'target' is a plain value");
  });

  it('never reaches a prototype', () => {
    const result = set({}, '__proto__.polluted=1', 'constructor.prototype.polluted=1');
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(Object.keys(result as object)).toEqual(['__proto__', 'constructor']);
  });
});
