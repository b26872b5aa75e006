// The contract of the cli package. The command is `mapnet`; a program that wants what it does should rather use
// `mapping-networks`, but may run a command line, show progress and save a run the same way, and check results.
export { OK, FAILURE, INTERRUPTED, TERMINATED, USAGE } from './exit-code.ts';
export type { Output } from './output.ts';
export { exportRecordSchema, type ExportEntry, type ExportRecord } from './export/export-record.ts';
export { progress, type Progress, type ProgressOptions } from './progress/progress.ts';
export { reportOf, type ReportOptions } from './report/report-of.ts';
export type { ReportSplit } from './report/predictions.ts';
export { resultSchema, type Result } from './result.ts';
export { run } from './run.ts';
export { saveRun } from './run-folder/save-run.ts';
export { seedsResultSchema, type SeedsResult, type Spread, type SplitSpread } from './seeds/seeds-result.ts';
export { sensitivityResultSchema, type SensitivityResult } from './sensitivity/sensitivity-result.ts';
export type { Terminal } from './terminal.ts';
