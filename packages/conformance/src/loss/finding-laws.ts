// What a loss finds wrong, with a map or with its own weights, is said in a form that programs and people can use; and
// nothing is found wrong with weights that training has not touched.
import { mapping, type LossWarning } from '@mapping-networks/core';
import { wrongValue } from '../errors.ts';
import { law, type Law } from '../law.ts';
import { sampleSpace } from '../parameterization/sample-space.ts';
import type { LossCase } from './loss-case.ts';

export const findingLaws = ({ loss }: LossCase): readonly Law[] => [
  law('findings have a code and a message', () => {
    const map = mapping({ latentDim: 8 }).impl.bind(sampleSpace());
    for (const finding of [...loss.check(map), ...loss.diagnose(loss.init())]) expectFinding(finding);
  }),
  law('fresh weights have not collapsed', () => {
    const [finding] = loss.diagnose(loss.init());
    if (finding)
      throw wrongValue(
        'findings about fresh weights',
        [],
        finding,
        'Report weights that training has moved to nothing.',
      );
  }),
];

const expectFinding = ({ code, message }: LossWarning): void => {
  const sound = /^[A-Z0-9_]+$/.test(code) && message.trim() !== '';
  if (!sound)
    throw wrongValue(
      'finding',
      'an upper-case code and a message',
      { code, message },
      'Codes are matched, messages read.',
    );
};
