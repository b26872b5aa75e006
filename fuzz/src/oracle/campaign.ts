// Many attacks on one format, counted.
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomOf } from '../random.ts';
import type { Format } from './attack.ts';
import { examine, type Outcome, type Verdict } from './examine.ts';

export interface CampaignOptions {
  /** Hostile inputs: those that turn out harmless, or as whole files of their format, are not counted as such. */
  readonly hostile: number;
  readonly seed: number;
  /** Milliseconds that one case may take. */
  readonly mostMs: number;
  /** Called before each case. */
  readonly onCase?: (index: number) => void;
}

export interface Finding extends Pick<Outcome, 'verdict' | 'reason'> {
  readonly index: number;
  readonly what: string;
}

export interface Report {
  readonly format: string;
  readonly counts: Readonly<Record<Verdict, number>>;
  readonly slowestMs: number;
  readonly largestBytes: number;
  /** Rejections by their code. */
  readonly codes: Readonly<Record<string, number>>;
  /** Everything that should not be, up to 20. */
  readonly findings: readonly Finding[];
}

const FINE: ReadonlySet<Verdict> = new Set(['rejected', 'equal', 'other']);

export const campaign = async (format: Format, options: CampaignOptions): Promise<Report> => {
  const outer = await mkdtemp(join(tmpdir(), 'mapping-networks-fuzz-'));
  try {
    await mkdir(join(outer, 'given'));
    const report = await attackAll(format, join(outer, 'given'), options);
    const strays = (await readdir(outer)).filter((name) => name !== 'given');
    if (strays.length > 0)
      throw new Error(`${format.name}: written outside the given folder: ${strays.join(', ')}`);
    return report;
  } finally {
    await rm(outer, { recursive: true, force: true });
  }
};

const attackAll = async (format: Format, folder: string, options: CampaignOptions): Promise<Report> => {
  const { hostile, seed, mostMs, onCase } = options;
  const attackOf = await format.open(folder);
  const counts = { rejected: 0, equal: 0, other: 0, harmful: 0, crash: 0, slow: 0, large: 0 };
  const codes: Record<string, number> = {};
  const findings: Finding[] = [];
  let [slowestMs, largestBytes] = [0, 0];
  for (let index = 0; index - counts.equal - counts.other < hostile; index++) {
    onCase?.(index);
    const attack = await attackOf(randomOf(seed, format.name, index));
    const { verdict, reason, ms, bytes } = await examine(attack, { ms: mostMs, bytes: format.mostBytes });
    counts[verdict] += 1;
    if (verdict === 'rejected') codes[reason] = (codes[reason] ?? 0) + 1;
    if (!FINE.has(verdict) && findings.length < 20)
      findings.push({ index, what: attack.what, verdict, reason });
    slowestMs = Math.max(slowestMs, ms);
    largestBytes = Math.max(largestBytes, bytes);
  }
  return { format: format.name, counts, slowestMs, largestBytes, codes, findings };
};
