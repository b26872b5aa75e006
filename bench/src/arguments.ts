// The command line of the benchmark.
import { parseArgs } from 'node:util';

export interface Arguments {
  /** Only groups whose name begins so. */
  readonly only: string | undefined;
  /** Prints the results as JSON, and nothing else, on standard output. */
  readonly json: boolean;
  readonly rounds: number;
  /** How long a turn should take. */
  readonly turnMs: number;
  /** Leaves out what takes gigabytes. */
  readonly light: boolean;
  /** Compares gradients with PyTorch's, and steps with the reference implementation of ONNX, instead of measuring. */
  readonly check: boolean;
  /** Keeps the results and writes the page. */
  readonly write: boolean;
}

export const USAGE = `npm run bench -- [--only cnn2] [--rounds 12] [--quick] [--json] [--write] [--check]
  --only NAME   one group: cnn2, cnn1, conv-stack, lstm, generation
  --rounds N    turns of every contestant (default 12)
  --quick       two short turns, nothing that takes gigabytes
  --json        prints { machine, cases, ratios }; as npm run -s bench, so that npm prints nothing of its own
  --write       keeps the results in bench/results.json and writes bench/README.md; a whole run does so
  --check       instead compares gradients with PyTorch's, and steps with the reference implementation of ONNX`;

/** @throws where a flag is not known or a number is none */
export const parseArguments = (args: readonly string[]): Arguments => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      json: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });
  const { only, json, quick, check, write } = values;
  const rounds = Number(values.rounds ?? (quick ? 2 : 12));
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Error(`Expected --rounds to be a whole number of at least 1, got ${values.rounds}.`);
  const whole = only === undefined && !quick && !check;
  return { only, json, rounds, turnMs: quick ? 100 : 400, light: quick, check, write: write || whole };
};
