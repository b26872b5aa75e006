// Safetensors of other numbers than float32 and int32: read as they are stored, or as what everything computes with.
import { describe, expect, test } from 'vitest';
import {
  decodeSafetensors,
  encodeSafetensors,
  float32,
  int32,
  parseSafetensors,
  type StoredArrays,
} from '@mapping-networks/core';

describe('safetensors of narrow numbers', () => {
  const stored: StoredArrays = {
    wide: int32(Int32Array.of(-7)),
    half: { dtype: 'float16', shape: [2], data: Uint16Array.of(0x3c00, 0xc000) },
    brain: { dtype: 'bfloat16', shape: [1, 1], data: Uint16Array.of(0x3f80) },
    bytes: { dtype: 'uint8', shape: [3], data: Uint8Array.of(0, 7, 255) },
    codes: { dtype: 'int8', shape: [3, 1], data: Int8Array.of(-128, 0, 127) },
    none: { dtype: 'int8', shape: [0], data: new Int8Array(0) },
  };

  test('are read as they are stored', () => {
    expect(parseSafetensors(encodeSafetensors(stored)).arrays).toEqual(stored);
  });

  test('are what PyTorch and others call F16, BF16, I8 and U8', () => {
    const text = new TextDecoder().decode(encodeSafetensors(stored));
    for (const tag of ['F16', 'BF16', 'U8', 'I8']) expect(text).toContain(`"dtype":"${tag}"`);
  });

  test('are decoded to numbers that everything here computes with', () => {
    const arrays = decodeSafetensors(encodeSafetensors(stored));
    expect(arrays['half']).toEqual(float32(Float32Array.of(1, -2)));
    expect(arrays['brain']).toEqual(float32(Float32Array.of(1), [1, 1]));
    expect(arrays['bytes']).toEqual(int32(Int32Array.of(0, 7, 255)));
    expect(arrays['codes']).toEqual(int32(Int32Array.of(-128, 0, 127), [3, 1]));
  });

  test.each(['F16', 'BF16', 'I8', 'U8'])('%s of another length than the shape is refused', (dtype) => {
    const header = JSON.stringify({ a: { dtype, shape: [2], data_offsets: [0, 3] } });
    const bytes = new Uint8Array(8 + header.length + 3);
    bytes[0] = header.length;
    bytes.set(new TextEncoder().encode(header), 8);
    expect(() => parseSafetensors(bytes)).toThrow(/has 3 bytes for shape \[2\]/);
  });
});
