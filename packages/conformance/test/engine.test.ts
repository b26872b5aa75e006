// The built-in engines keep all laws.
import { engineLaws, partLaws } from '@mapping-networks/conformance';
import { cpu, wasm } from '@mapping-networks/engine-eager';
import { describe, test } from 'vitest';

describe('cpu', () => {
  for (const { name, check } of engineLaws(cpu())) test(name, check);
  for (const { name, check } of partLaws(cpu(), [cpu])) test(name, check);
});

describe('wasm', () => {
  for (const { name, check } of engineLaws(wasm())) test(name, check);
  for (const { name, check } of partLaws(wasm(), [wasm])) test(name, check);
});
