// `mapnet export`: a run made smaller by passes and written for other runtimes, each export checked in its own.
import { applyPasses, modelFingerprint, modelSize, toSpec, type Model } from '@mapping-networks/core';
import { exportNetwork, requirePassed } from '@mapping-networks/export';
import { passContext, type Pipeline } from 'mapping-networks';
import { join, resolve } from 'node:path';
import { checkReplaceable } from '../export/clear-export.ts';
import { exportExists } from '../export/errors.ts';
import { examplesFor } from '../export/compared-on.ts';
import { checkedRecord, entryOf, type ExportRecord } from '../export/export-record.ts';
import { exportersOf, type ExporterFlags } from '../export/exporters-of.ts';
import { passesOf, type PassFlags } from '../export/passes-of.ts';
import { EXPORTS } from '../export/read-export.ts';
import { sayDetails, sayExport } from '../export/say-export.ts';
import { exportWarnings, passWarnings } from '../export/warnings.ts';
import { writeExport } from '../export/write-export.ts';
import { checkFree } from '../run-folder/check-free.ts';
import { environmentOf } from '../run-folder/environment.ts';
import { sayWarning } from '../say-warning.ts';
import { details, say, words, type Terminal } from '../terminal.ts';
import { timed } from '../timed.ts';
import { openTrainedRun, type TrainedRunOptions } from '../trained-run.ts';
import { interruptible } from '../training/interruptible.ts';
import { asUsage } from '../usage-error.ts';

export interface ExportCommandOptions extends TrainedRunOptions, PassFlags, ExporterFlags {
  readonly examples: number;
  readonly out?: string | undefined;
  readonly force?: true | undefined;
}

type Scored = NonNullable<ExportRecord['test']>['before'] | undefined;

/** On the test split, which decides nothing; undefined where it is empty. */
const scored = async (pipeline: Pipeline, model: Model): Promise<Scored> =>
  (await pipeline.load()).test.size === 0 ? undefined : pipeline.evaluate(model, 'test');

/**
 * @throws UsageError for flags that do not fit, Interrupted on Ctrl-C, CLI_CANNOT_WRITE_EXPORT, what passes throw, and
 * what an export failed by, once all that did not fail is written
 */
export const exportRun = async (
  run: string,
  options: ExportCommandOptions,
  terminal: Terminal,
): Promise<void> => {
  const { model, pipeline, registry } = await openTrainedRun(run, options, terminal);
  const out = options.out ?? join(run, EXPORTS);
  const folder = resolve(terminal.folder, out);
  const force = options.force === true;
  const { passes, exporters } = await asUsage(async () => {
    const asked = { passes: passesOf(options, registry), exporters: exportersOf(options, registry) };
    await checkFree(folder, out, force, exportExists);
    if (force) await checkReplaceable(folder, out);
    return asked;
  });
  const text = words(terminal, options);
  const more = details(terminal, options);
  const work = async (signal: AbortSignal) => {
    const load = () => pipeline.load({ signal, onProgress: (line) => say(text, line) });
    const splits = await timed(more, 'loading data', load);
    const before = await scored(pipeline, model);
    const { batchSize } = pipeline.settings;
    const context = passContext({
      ...pipeline.parts,
      splits,
      batchSize,
      signal,
      say: (line) => say(text, line),
    });
    const pass = () => applyPasses(model, passes, context);
    const applied = await timed(more, 'passes', pass).finally(context.dispose);
    const lost = passWarnings(applied.reports, registry, options.pass === undefined);
    for (const warning of [...applied.warnings, ...lost]) sayWarning(text, warning);
    signal.throwIfAborted();
    const after = passes.length === 0 ? before : await scored(pipeline, applied.model);
    const metrics = Object.entries(after ?? {}).map(([name, value]) => [`test.${name}`, value] as const);
    const exported = after ? { ...applied.model, metrics: Object.fromEntries(metrics) } : applied.model;
    const { split, ...examples } = examplesFor(exported, splits, options.examples);
    const results = await timed(more, 'exports', () => exportNetwork(exported, exporters, examples));
    const large = exportWarnings(results, applied.reports.at(-1)?.after ?? modelSize(exported));
    for (const warning of large) sayWarning(text, warning);
    signal.throwIfAborted();
    const record = checkedRecord({
      out,
      source: {
        run,
        target: toSpec(model.target),
        parameterization: toSpec(model.parameterization),
        dataset: pipeline.record.dataset,
        fingerprint: modelFingerprint(model),
        exportedFingerprint: modelFingerprint(exported),
      },
      passes: applied.reports,
      warnings: [...applied.warnings, ...lost, ...large],
      ...(before && after && { test: { before, after } }),
      comparedOn: { split, examples: examples.inputs.shape[0] ?? 0 },
      exports: results.map(entryOf),
      environment: environmentOf(pipeline.record.engine.use),
    });
    if (results.some(({ passed }) => passed)) await writeExport(folder, out, results, record, force);
    return { record, results };
  };
  const { record, results } = await interruptible(
    ({ signal }) => work(signal),
    'interrupted; nothing was exported',
  );
  if (options.json) say(terminal.stdout, JSON.stringify(record));
  sayDetails(record, more);
  sayExport(record, text);
  requirePassed(results);
};
