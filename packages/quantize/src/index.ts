// The contract of @mapping-networks/quantize.
export {};
