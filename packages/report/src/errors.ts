// Every error of the report package.
import { MappingNetworksError } from '@mapping-networks/core';

export const notAPicture = (shape: readonly number[]): MappingNetworksError =>
  new MappingNetworksError({
    code: 'REPORT_NOT_A_PICTURE',
    problem: `Expected inputs of shape [height, width, 1 or 3], got [${shape.join(', ')}].`,
    remedy: 'Leave samples out of the report of a dataset that holds no pictures.',
  });

export const notFinite = (): MappingNetworksError =>
  new MappingNetworksError({
    code: 'REPORT_NOT_FINITE',
    problem: 'Expected points of finite coordinates, got one that is not.',
    remedy: 'Leave out the points from where the run diverged on.',
  });
