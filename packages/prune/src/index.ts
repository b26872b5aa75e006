// The contract of @mapping-networks/prune.
export {};
