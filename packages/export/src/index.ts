// The contract of @mapping-networks/export.
export {};
