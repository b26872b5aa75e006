// Which trials are done, in whichever sweep: the defaults are a variant of every sweep, and are trained once.
import { identityOf } from '../results/identity.ts';
import type { Json } from '../experiments/experiment.ts';
import { tuningPlugins } from './plugins/all.ts';
import { addRecord, readRecords, type TrialRecord } from './records.ts';
import type { TrialScores } from './run-trial.ts';
import type { Trial } from './sweep.ts';

export interface Ledger {
  /** Whether the trial is done, and recorded in its sweep. */
  readonly holds: (trial: Trial) => Promise<boolean>;
  /** What the same config came to from the same seed in any sweep. */
  readonly twinOf: (trial: Trial) => Promise<TrialScores | undefined>;
  /** One after the other, however many trials end at a time. */
  readonly add: (trial: Trial, scores: TrialScores) => Promise<void>;
}

/** The ledger of these sweeps in a folder. */
export const openLedger = (folder: string, sweeps: readonly string[]): Ledger => {
  const hashes = new Map<string, string>();
  const hashOf = (config: Json): string => {
    const text = JSON.stringify({ ...config, seed: 0 });
    const hash = hashes.get(text) ?? identityOf(config, tuningPlugins).hash;
    hashes.set(text, hash);
    return hash;
  };
  const sameRun =
    ({ config, seed, averages }: Trial) =>
    (record: TrialRecord): boolean =>
      record.seed === seed &&
      record.hash === hashOf(config) &&
      averages.every((decay) => Object.hasOwn(record.averaged, String(decay)));
  let writing: Promise<void> = Promise.resolve();
  return {
    holds: async (trial) => {
      const same = sameRun(trial);
      return (await readRecords(folder, trial.sweep)).some(
        (record) => record.bench === trial.bench && record.variant === trial.variant && same(record),
      );
    },
    twinOf: async (trial) => {
      const all = await Promise.all(sweeps.map((sweep) => readRecords(folder, sweep)));
      const twin = all.flat().find(sameRun(trial));
      if (!twin) return undefined;
      const { validation, averaged, curve, seconds, engine } = twin;
      const asked = Object.entries(averaged).filter(([decay]) => trial.averages.includes(Number(decay)));
      return { validation, averaged: Object.fromEntries(asked), curve, seconds, engine };
    },
    add: ({ sweep, bench, variant, seed, base, config }, scores) => {
      const epochs = Number(config['epochs']);
      const identities = { hash: hashOf(config), base: hashOf(base) };
      writing = writing.then(() =>
        addRecord(folder, sweep, { bench, variant, seed, epochs, ...scores, ...identities }),
      );
      return writing;
    },
  };
};
