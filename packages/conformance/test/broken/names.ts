// The names of the laws that a part breaks, for tests that break one on purpose.
import { brokenLaws, type Law } from '@mapping-networks/conformance';
import { MappingNetworksError } from '@mapping-networks/core';
import { expect } from 'vitest';

/** Checks that some law with `fragment` in its name is broken, and that it says so by a CONFORMANCE_ code. */
export const expectBroken = async (laws: readonly Law[], fragment: string): Promise<void> => {
  const broken = await brokenLaws(laws.filter(({ name }) => name.includes(fragment)));
  expect(broken.map(({ name }) => name).join(), `a law about "${fragment}"`).toContain(fragment);
  for (const { error } of broken) {
    expect(error).toBeInstanceOf(MappingNetworksError);
    expect(error).toMatchObject({ code: expect.stringMatching(/^CONFORMANCE_/) });
  }
};
