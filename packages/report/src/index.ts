// The contract of the report package: one function from data to a page, the data's types, and the analyses behind it.
export { calibration, type Calibration, type CalibrationBin } from './analysis/calibration.ts';
export { confidentMistakes, type Mistake } from './analysis/confident-mistakes.ts';
export { confusionMatrix, mostConfused, type ConfusedPair, type Confusion } from './analysis/confusion.ts';
export { histogram, moments, type Histogram, type Moments } from './analysis/histogram.ts';
export { principalComponents, type PrincipalComponents } from './analysis/pca.ts';
export { perClass, type ClassScores } from './analysis/per-class.ts';
export { predictedClasses } from './analysis/predicted-classes.ts';
export { residuals, type Residuals } from './analysis/residuals.ts';
export { shareInterval } from './analysis/share-interval.ts';
export type { ComparedRun, ComparisonData, SplitName } from './compare/comparison-data.ts';
export {
  compareRuns,
  type Comparison,
  type GroupSummary,
  type RunSummary,
  type Summary,
  type ToldTest,
} from './compare/comparison.ts';
export type { ConfigOption } from './compare/config-paths.ts';
export { holm } from './compare/holm.ts';
export type { AdjustedTest, PairTest } from './compare/pair-tests.ts';
export { renderComparison } from './compare/render-comparison.ts';
export { pairedTTest, welch, type TTest } from './compare/t-test.ts';
export { pictureOf, type Picture } from './picture.ts';
export { renderReport } from './render-report.ts';
export { sensitivityChart, type SensitivityData } from './sensitivity-chart.ts';
export type {
  Classification,
  Fact,
  Gallery,
  LayerWeights,
  Regression,
  ReportData,
  ReportTable,
  Sample,
  Snapshot,
  StepPoint,
  Trajectory,
} from './report-data.ts';
