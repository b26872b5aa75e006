// Small parameter spaces for tests.
import { bias, gain, kernel, parameterSpace, type ParameterSpace } from '@mapping-networks/core';

/** 2 layers, every role but recurrent, 45 parameters. */
export const tinySpace: ParameterSpace = parameterSpace([
  kernel('conv', [2, 2, 1, 3]),
  bias('conv', 3),
  gain('norm', 3),
  bias('norm', 3),
  kernel('fc', [6, 3]),
  bias('fc', 3),
  kernel('out', [3, 1]),
]);

/** An MLP's space: 8,074 parameters in 3 layers. */
export const mlpSpace: ParameterSpace = parameterSpace([
  kernel('fc1', [64, 100]),
  bias('fc1', 100),
  kernel('fc2', [100, 12]),
  bias('fc2', 12),
  kernel('fc3', [12, 27]),
  bias('fc3', 27),
]);
