// Headers of safetensors that lie, and bytes and texts that are nothing at all: refused, each with its code.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeConfig,
  decodeSafetensors,
  encodeSafetensors,
  float32,
  MappingNetworksError,
  parseSafetensors,
} from '@mapping-networks/core';

const code = (expected: string): unknown => expect.objectContaining({ code: expected });

describe('a header of safetensors', () => {
  const file = (header: string, dataBytes = 4): Uint8Array => {
    const text = new TextEncoder().encode(header);
    const bytes = new Uint8Array(8 + text.length + dataBytes);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
    bytes.set(text, 8);
    return bytes;
  };
  const entry = '{"dtype":"F32","shape":[1],"data_offsets":[0,4]}';

  test.each([
    ['with a name twice', `{"a":${entry},"a":${entry}}`],
    ['with a name twice in two spellings', `{"a":${entry},"\\u0061":${entry}}`],
    ['with a prototype', `{"__proto__":${entry}}`],
    ['after a byte order mark', `\ufeff{"a":${entry}}`],
    ['after white space', ` {"a":${entry}}`],
    ['with a type that is no text', `{"a":{"dtype":{"toString":1},"shape":[1],"data_offsets":[0,4]}}`],
    ['with a shape of -0', `{"a":{"dtype":"F32","shape":[-0],"data_offsets":[0,0]},"b":${entry}}`],
    ['with 33 sides', `{"a":{"dtype":"F32","shape":[${Array(33).fill(1).join()}],"data_offsets":[0,4]}}`],
    [
      'with sides that multiply beyond all numbers, then by nothing',
      `{"a":{"dtype":"F32","shape":[${Array(30)
        .fill(2 ** 53 - 1)
        .join()},0],"data_offsets":[0,0]},"b":${entry}}`,
    ],
    ['with a field more', `{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}}`],
    ['with metadata that is no text', `{"__metadata__":{"a":1},"a":${entry}}`],
    ['with metadata that is a list', `{"__metadata__":[],"a":${entry}}`],
    ['of levels', '{"a":'.repeat(100_000)],
    ['that is a list', '[]'],
  ])('%s is refused', (_, header) => {
    expect(() => decodeSafetensors(file(header))).toThrow(code('CORE_INVALID_SAFETENSORS'));
  });

  test('of 2^64 - 1 bytes is refused', () => {
    const bytes = new Uint8Array(64).fill(0xff);
    expect(() => decodeSafetensors(bytes)).toThrow(/claims 18446744073709551615 bytes/);
  });

  test('may bring texts', () => {
    const bytes = encodeSafetensors(
      { a: float32(Float32Array.of(7)) },
      { note: '\u0000"{}', constructor: 'x' },
    );
    expect({ ...parseSafetensors(bytes).metadata }).toEqual({ note: '\u0000"{}', constructor: 'x' });
    expect(parseSafetensors(bytes).arrays['a']?.data).toEqual(Float32Array.of(7));
  });
});

describe('anything at all', () => {
  const codeOf = (read: () => unknown): unknown => {
    try {
      read();
      return undefined;
    } catch (error) {
      return error instanceof MappingNetworksError ? error.code : error;
    }
  };

  test('is a config or CORE_INVALID_CONFIG, CORE_NEWER_BUNDLE', () => {
    const text = fc.oneof(
      fc.json(),
      fc.string({ unit: 'binary' }),
      fc
        .record({ format: fc.constant('mapping-networks'), version: fc.jsonValue(), map: fc.jsonValue() })
        .map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(text, (each) => {
        expect(codeOf(() => decodeConfig(each))).toMatch(/^CORE_(INVALID_CONFIG|NEWER_BUNDLE)$/);
      }),
    );
  });

  test('is a file of safetensors or CORE_INVALID_SAFETENSORS', () => {
    const noise = fc.uint8Array({ maxLength: 100 });
    const headed = fc.json().map((text) => {
      const header = new TextEncoder().encode(text);
      return Uint8Array.of(header.length & 0xff, header.length >> 8, 0, 0, 0, 0, 0, 0, ...header);
    });
    fc.assert(
      fc.property(fc.oneof(noise, headed), (bytes) => {
        const code = codeOf(() => decodeSafetensors(bytes));
        if (code !== undefined) expect(code).toBe('CORE_INVALID_SAFETENSORS');
      }),
    );
  });
});
