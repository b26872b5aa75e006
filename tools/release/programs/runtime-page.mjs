// The script of a web page: what it needs of the runtime, for a bundler.
export { load, softmax } from '@mapping-networks/runtime';
