// Laws of every part of every kind: data beside behaviour, from which the part can be made again.
import {
  createRegistry,
  MappingNetworksError,
  resolve,
  toSpec,
  type AnyPlugin,
  type Kind,
  type Part,
} from '@mapping-networks/core';
import { expectNoTensors } from './checks/tensors.ts';
import { notRejected, wrongNames, wrongValue } from './errors.ts';
import { law, type Law } from './law.ts';

/** Two values as JSON, keys sorted: what a file would keep of them. */
const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_key, entry: unknown) =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : entry,
  );

const isDeeplyFrozen = (value: unknown): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (Object.isFrozen(value) && Object.values(value).every(isDeeplyFrozen));

/**
 * What every part must keep: it is frozen, its options are whole and plain, and `resolve(toSpec(part))` is the part
 * again. `plugins` are its own plugin and those of the parts in its slots.
 *
 * @example
 * ```ts
 * import { partLaws } from '@mapping-networks/conformance';
 * import { hadamard, mapping } from '@mapping-networks/core';
 * import '@tensorflow/tfjs-backend-cpu';
 * for (const law of partLaws(mapping({ latentDim: 8 }), [mapping, hadamard])) await law.check();
 * ```
 */
export const partLaws = (part: Part, plugins: readonly AnyPlugin[]): readonly Law[] => {
  const registry = createRegistry(plugins);
  const plugin = (): AnyPlugin => registry.get<Kind>(part.kind, part.name);
  return [
    law('resolve(toSpec(part)) is the part', () => {
      const again = resolve(registry, part.kind, toSpec(part));
      const [expected, received] = [toSpec(part), toSpec(again)].map(canonicalJson);
      if (received !== expected) throw wrongValue('resolve(toSpec(part))', expected, received, REPEATABLE);
    }),
    law('the spec survives a file', () => {
      const read: unknown = JSON.parse(JSON.stringify(toSpec(part)));
      const [expected, received] = [toSpec(part), toSpec(resolve(registry, part.kind, read))].map(
        canonicalJson,
      );
      if (received !== expected) throw wrongValue('the part read back', expected, received, REPEATABLE);
    }),
    law('every option is written out', () => {
      const { properties = {}, required = [] } = plugin().schema;
      const missing = Object.keys(properties).filter(
        (name) => !(name in part.options) && isDefaulted(properties[name], required.includes(name)),
      );
      if (missing.length > 0) throw wrongNames('options', Object.keys(properties), Object.keys(part.options));
    }),
    law('no option is called use', () => {
      if ('use' in part.options)
        throw wrongValue(
          'option names',
          'none called use',
          'use',
          'Files keep the name of the plugin there; call it otherwise.',
        );
    }),
    law('part and options are frozen', () => {
      const frozen =
        Object.isFrozen(part) &&
        Object.isFrozen(part.options) &&
        Object.values(part.options).every(isFrozenOption);
      if (!frozen)
        throw wrongValue('the part', 'frozen', 'open to change', 'Make parts with definePlugin only.');
    }),
    law('an unknown option is rejected', () => {
      try {
        plugin().parse({ ...part.options, [UNKNOWN]: true });
      } catch (error) {
        if (error instanceof MappingNetworksError) return;
        throw error;
      }
      throw notRejected(`option '${UNKNOWN}'`);
    }),
    law('making the part makes no tensor', () => {
      expectNoTensors('the plugin call', () => plugin().parse(part.options));
    }),
    law('plugin and part agree on kind and name, and lists have a summary', () => {
      const { kind, name, summary } = plugin();
      if (kind !== part.kind || name !== part.name)
        throw wrongValue('kind and name', [kind, name], [part.kind, part.name], REPEATABLE);
      const fits = summary.trim() !== '' && !summary.includes('\n');
      if (!fits) throw wrongValue('summary', 'one line', summary, 'Say in one line what the plugin is.');
    }),
  ];
};

/** Optional properties without a default may be absent. */
const isDefaulted = (property: unknown, required: boolean): boolean =>
  required || (typeof property === 'object' && property !== null && 'default' in property);

/** Slots hold parts, whose behaviour is their own affair. */
const isFrozenOption = (value: unknown): boolean => {
  if (Array.isArray(value)) return Object.isFrozen(value) && value.every(isFrozenOption);
  if (typeof value === 'object' && value !== null && 'impl' in value) return Object.isFrozen(value);
  return isDeeplyFrozen(value);
};

const UNKNOWN = 'conformanceUnknownOption';
const REPEATABLE = 'Let options be plain data, and let the schema read what it has written.';
