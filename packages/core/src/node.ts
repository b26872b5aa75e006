// The parts of core that need a file system.
export { atomicWrite, atomicWriteAll } from './artifact/atomic-write.ts';
export { loadBundle, saveBundle, type SavedBundle } from './artifact/bundle-folder.ts';
