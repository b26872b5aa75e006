// One text for one JSON value: what the checksum of a bundle is made of, wherever it is read.
export { canonicalJson } from '@mapping-networks/runtime/canonical';
