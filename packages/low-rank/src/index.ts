// The contract of @mapping-networks/low-rank.
export {};
