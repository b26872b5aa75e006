// The parts of core that need a file system.
export { atomicWrite, atomicWriteAll, syncFolder } from './artifact/atomic-write.ts';
export { loadBundle, saveBundle, type SavedBundle } from './artifact/bundle-folder.ts';
export { makeFolder } from './artifact/make-folder.ts';
export { readRegularFile } from './artifact/read-file.ts';
