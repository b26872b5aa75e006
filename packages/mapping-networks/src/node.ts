// What needs a file system: models and checkpoints on disk.
export { loadBundle, saveBundle, type SavedBundle } from '@mapping-networks/core/node';
export { writeExports } from '@mapping-networks/export/node';
export {
  lockFolder,
  openCheckpoints,
  type CheckpointFolder,
  type CheckpointFolderOptions,
  type FolderLock,
  type FolderLockOptions,
  type FoundCheckpoint,
  type SkippedCheckpoint,
} from '@mapping-networks/train/node';
