// The part of export that needs a file system.
export { removeExports, type RecordedExport } from './folder/remove-exports.ts';
export { writeExports } from './folder/write-exports.ts';
