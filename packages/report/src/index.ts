// The contract of the report package: one function from data to a page, and the data's types.
export { pictureOf, type Picture } from './picture.ts';
export { renderReport } from './render-report.ts';
export type { Fact, Gallery, ReportData, ReportTable, Sample, StepPoint } from './report-data.ts';
