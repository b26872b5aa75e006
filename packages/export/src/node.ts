// The part of export that needs a file system.
export { writeExports } from './folder/write-exports.ts';
