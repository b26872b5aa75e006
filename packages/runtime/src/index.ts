// The contract of @mapping-networks/runtime.
export {};
