// The parts of training that need a file system.
export {
  openCheckpoints,
  type CheckpointFolder,
  type CheckpointFolderOptions,
  type FoundCheckpoint,
  type SkippedCheckpoint,
} from './folder/open-checkpoints.ts';
export { lockFolder, type FolderLock, type FolderLockOptions } from './folder/lock-folder.ts';
