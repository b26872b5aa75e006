// `mapnet report`: one run as a page, or several compared.
import { resolve as resolvePart, type LossWarning, type Part } from '@mapping-networks/core';
import { atomicWrite } from '@mapping-networks/core/node';
import { compareRuns, renderComparison, renderReport, type Comparison } from '@mapping-networks/report';
import { join, resolve } from 'node:path';
import { openWorkspace } from '../config/workspace.ts';
import { unwritableReport } from '../errors.ts';
import { comparisonOf } from '../report/comparison-of.ts';
import { expandRuns } from '../report/expand-runs.ts';
import { reportOfRun } from '../report/report-of.ts';
import { analysisOf } from '../report/run-analysis.ts';
import type { ReportSplit } from '../report/predictions.ts';
import { readRun, type RunSource } from '../report/run-source.ts';
import { requireExamples } from '../require-examples.ts';
import { sayWarning } from '../say-warning.ts';
import { details, say, words, type OutputOptions, type Terminal } from '../terminal.ts';
import { timed } from '../timed.ts';
import { asUsage } from '../usage-error.ts';

export interface ReportCommandOptions extends OutputOptions {
  readonly out?: string | undefined;
  readonly split: ReportSplit;
  readonly engine?: string | undefined;
  readonly config?: string | undefined;
}

/** With --json a page is written only where --out says. */
const writePage = async (
  page: string,
  fallback: string,
  options: ReportCommandOptions,
  terminal: Terminal,
): Promise<void> => {
  const { out, json } = options;
  if (json && out === undefined) return;
  const path = out ?? fallback;
  await atomicWrite(resolve(terminal.folder, path), page).catch((cause: unknown) => {
    throw unwritableReport(path, cause);
  });
  say(words(terminal, options), `wrote ${path}`);
};

const one = async (
  source: RunSource,
  engine: Part<'engine'> | undefined,
  options: ReportCommandOptions,
  terminal: Terminal,
): Promise<void> => {
  const { path } = source;
  const text = words(terminal, options);
  const onProgress = (line: string): void => say(text, line);
  const onWarning = (warning: LossWarning): void => sayWarning(text, warning);
  const look = { split: options.split, engine, onProgress, onWarning };
  const more = details(terminal, options);
  const splits = await timed(more, 'loading data', () => source.pipeline.load({ onProgress }));
  await asUsage(() => requireExamples(splits, options.split));
  const data = await timed(more, 'gathering', () => reportOfRun(source, look));
  await writePage(renderReport(data), join(path, 'report.html'), options, terminal);
  if (options.json) say(terminal.stdout, JSON.stringify(analysisOf(source, data)));
};

/** What the page says in words, for those who read the terminal only. */
const told = ({ notes, tests }: Comparison): readonly string[] => [
  ...notes,
  ...tests.filter(({ split }) => split === 'validation').map((test) => test.words),
];

const several = async (
  sources: readonly RunSource[],
  options: ReportCommandOptions,
  terminal: Terminal,
): Promise<void> => {
  const data = await timed(details(terminal, options), 'gathering', () => comparisonOf(sources));
  const comparison = compareRuns(data);
  for (const line of told(comparison)) say(words(terminal, options), line);
  await writePage(renderComparison(data), 'comparison.html', options, terminal);
  if (options.json) say(terminal.stdout, JSON.stringify(comparison));
};

/** @throws CLI_NO_RUN, CLI_EMPTY_SPLIT, CLI_UNWRITABLE_REPORT, and what reading runs throws */
export const report = async (
  runs: readonly string[],
  options: ReportCommandOptions,
  terminal: Terminal,
): Promise<void> => {
  const { file, registry } = await openWorkspace(terminal, options.config);
  const { engine: name } = options;
  const engine = name === undefined ? undefined : await asUsage(() => resolvePart(registry, 'engine', name));
  const sources: RunSource[] = [];
  for (const place of await expandRuns(terminal.folder, runs))
    sources.push(await readRun(place, { registry, file: file?.config }));
  const [first] = sources;
  if (first && sources.length === 1) await one(first, engine, options, terminal);
  else await several(sources, options, terminal);
};
