// The parameters of one network, where nothing is trained beside: a large one is generated in chunks, so that its
// tables, many times its size, are never there at once.
import { cut, prefixed, type EngineSession, type ParameterMap } from '@mapping-networks/core';
import { mapConstants } from '../step/frozen.ts';
import { compileGenerator } from './generator.ts';
import { compileMaterialize, type Materializer } from './materialize.ts';

/** Parameters from which a network is large: below, one step for all is compiled sooner than one for each layer. */
const LARGE = 2 ** 20;

export const compileMaterializeAlone = (session: EngineSession, map: ParameterMap): Materializer => {
  if (map.space.size < LARGE) return compileMaterialize(session, map, mapConstants(map));
  const generator = compileGenerator(session, map);
  return {
    run: async ({ trainables, buffers }) => ({
      ...prefixed('parameter.', cut(map.space, await generator.run(trainables))),
      ...prefixed('buffer.', buffers),
    }),
    dispose: () => generator.dispose(),
  };
};
