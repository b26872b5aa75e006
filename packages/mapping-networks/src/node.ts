// What needs a file system: models on disk.
export { loadBundle, saveBundle, type SavedBundle } from '@mapping-networks/core/node';
