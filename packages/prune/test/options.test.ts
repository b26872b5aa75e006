// The options of pruning: whole, recorded, within their ranges; and networks that cannot be pruned as asked.
import { createRegistry, resolve, toSpec } from '@mapping-networks/core';
import { partLaws } from '@mapping-networks/conformance';
import { prune, type PruneInput, type PruneOptions } from '@mapping-networks/prune';
import { defineTarget, mlp } from '@mapping-networks/targets';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { networkOf, nobody, nonZero, pruned } from './network.ts';

describe('the options', () => {
  for (const { name, check } of partLaws(prune({ sparsity: 0.9, fineTune: { epochs: 2 } }), [prune]))
    test(name, check);

  test.each<[PruneInput, Partial<PruneOptions>]>([
    [
      {},
      { sparsity: 0.5, scope: 'global', structure: { type: 'unstructured' }, schedule: { type: 'oneShot' } },
    ],
    [{ structure: '2:4' }, { sparsity: 0.5, structure: { type: 'nOfM', n: 2, m: 4 } }],
    [{ structure: { n: 1, m: 3 } }, { sparsity: 1 - 1 / 3 }],
    [{ schedule: 'cubic', fineTune: { epochs: 1 } }, { schedule: { type: 'cubic', steps: 10 } }],
  ])('%j is whole, and comes back from its record', (input, options) => {
    const part = prune(input);
    expect(part.options).toMatchObject(options);
    const again = resolve(createRegistry([prune]), 'pass', JSON.parse(JSON.stringify(toSpec(part))));
    expect(again.options).toEqual(part.options);
  });

  test.each<[unknown, string]>([
    [{ sparsity: 1 }, 'sparsity'],
    [{ sparsity: -0.1 }, 'sparsity'],
    [{ sparsity: 0.9, structure: '2:4' }, "'sparsity': expected no sparsity beside N:M"],
    [{ structure: '4:4' }, '\'structure\': expected n to be below m, got "4:4"'],
    [{ structure: '2/4' }, 'structure'],
    [{ structure: { n: 1, m: 100 } }, 'structure'],
    [
      { structure: '1:4', schedule: 'cubic', fineTune: { epochs: 1 } },
      "'schedule': expected 'oneShot' beside N:M, got \"cubic\"",
    ],
    [{ schedule: 'cubic' }, "'fineTune': expected { epochs } beside the schedule 'cubic': without training"],
    [{ schedule: { type: 'cubic', steps: 1 }, fineTune: { epochs: 1 } }, 'steps'],
    [{ fineTune: { epochs: 0 } }, 'epochs'],
    [{ scope: 'unit' }, 'scope'],
  ])('%j is refused', (input, word) => {
    expect(() => prune.parse(input)).toThrow(expect.objectContaining({ code: 'CORE_INVALID_OPTIONS' }));
    expect(() => prune.parse(input)).toThrow(word);
  });

  test('PRUNE_MISSING_MASK for a masked network that lost its mask', async () => {
    const { constants: _, ...rest } = await pruned(networkOf(mlp({ inputShape: [4] })), {});
    await expect(prune().impl.apply(rest, nobody)).rejects.toMatchObject({ code: 'PRUNE_MISSING_MASK' });
  });

  test('PRUNE_NO_LAYERS and PRUNE_NO_UNITS for networks without filters to prune', async () => {
    const bare = defineTarget({
      name: 'bare',
      summary: 'A network that does not tell its layers.',
      options: z.strictObject({}),
      build: () => {
        const { network: _, ...target } = mlp({ inputShape: [4] }).impl;
        return target;
      },
    });
    const { impl } = prune({ structure: 'filters' });
    await expect(impl.apply(networkOf(bare({})), nobody)).rejects.toMatchObject({ code: 'PRUNE_NO_LAYERS' });
    const linear = networkOf(mlp({ inputShape: [4], hidden: [] }));
    await expect(impl.apply(linear, nobody)).rejects.toMatchObject({ code: 'PRUNE_NO_UNITS' });
    expect(nonZero(await pruned(networkOf(bare({})), {}))).toBeGreaterThan(0);
  });
});
