// The registry that a network brings along: its own parts by their names. What is read with it is made of these parts,
// with these options, or it is not read.
import {
  canonicalJson,
  createRegistry,
  definePlugin,
  toSpec,
  type AnyPlugin,
  type Contracts,
  type Model,
  type Part,
  type Registry,
} from '@mapping-networks/core';
import { z } from 'zod';
import { otherNetwork } from './errors.ts';

/** A plugin that makes this part and no other. */
const pluginOf = <K extends 'target' | 'parameterization'>(part: Part<K>): AnyPlugin => {
  const { use: _, ...options } = toSpec(part);
  const impl: Contracts[K] = part.impl;
  return definePlugin({
    kind: part.kind,
    name: part.name,
    summary: 'Of the network that was exported.',
    options: z.looseObject({}),
    slots: {},
    create: (given: object) => {
      if (canonicalJson(given) !== canonicalJson(options)) throw otherNetwork(part.kind, part.name);
      return impl;
    },
  });
};

export const registryOf = ({ target, parameterization }: Model): Registry =>
  createRegistry([pluginOf(target), pluginOf(parameterization)]);
