import { MappingNetworksError } from '@mapping-networks/core';
import { parseIdx } from '@mapping-networks/datasets';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeIdx } from './idx-fixtures.ts';

const array = fc.array(fc.nat(5), { minLength: 1, maxLength: 4 }).chain((shape) =>
  fc.tuple(
    fc.constant(shape),
    fc.uint8Array({
      minLength: shape.reduce((a, b) => a * b, 1),
      maxLength: shape.reduce((a, b) => a * b, 1),
    }),
  ),
);

const codeOf = (bytes: Uint8Array): string => {
  try {
    parseIdx(bytes, 'some file');
  } catch (error) {
    if (error instanceof MappingNetworksError) {
      expect(error.message).toContain('some file');
      return error.code;
    }
    throw error;
  }
  return 'none';
};

describe('an IDX file', () => {
  test('comes back from its bytes', () => {
    fc.assert(
      fc.property(array, ([shape, data]) => {
        const parsed = parseIdx(encodeIdx(shape, data), 'file');
        expect(parsed.shape).toEqual(shape);
        expect(parsed.data).toEqual(data);
      }),
    );
  });

  test('may lie anywhere in its buffer', () => {
    const bytes = encodeIdx([2], Uint8Array.of(7, 9));
    const padded = Uint8Array.of(1, 2, 3, ...bytes, 4);
    expect(parseIdx(padded.subarray(3, 3 + bytes.length), 'file').data).toEqual(Uint8Array.of(7, 9));
  });

  test('cut off anywhere is refused', () => {
    fc.assert(
      fc.property(array, fc.nat(), ([shape, data], cut) => {
        const whole = encodeIdx(shape, data);
        const bytes = whole.subarray(0, cut % whole.length);
        expect(codeOf(bytes)).toBe(bytes.length < 4 ? 'DATASETS_FOREIGN_FILE' : 'DATASETS_TRUNCATED_FILE');
      }),
    );
  });

  test('with bytes after its end is refused', () => {
    fc.assert(
      fc.property(array, fc.uint8Array({ minLength: 1 }), ([shape, data], more) => {
        expect(codeOf(Uint8Array.of(...encodeIdx(shape, data), ...more))).toBe('DATASETS_TRAILING_BYTES');
      }),
    );
  });

  test.each([
    ['empty', []],
    ['of floats', [0, 0, 13, 1, 0, 0, 0, 0]],
    ['without dimensions', [0, 0, 8, 0]],
    ['a web page', [...new TextEncoder().encode('<!DOCTYPE html>')]],
    ['a PNG', [0x89, 0x50, 0x4e, 0x47]],
  ])('that is %s is foreign', (_, bytes) => {
    expect(codeOf(Uint8Array.from(bytes))).toBe('DATASETS_FOREIGN_FILE');
  });

  test('that promises more than memory holds is refused without trying', () => {
    const sides = Array.from({ length: 8 }, () => [255, 255, 255, 255]).flat();
    expect(codeOf(Uint8Array.of(0, 0, 8, 8, ...sides))).toBe('DATASETS_TRUNCATED_FILE');
    expect(codeOf(Uint8Array.of(0, 0, 8, 1, 255, 255, 255, 255))).toBe('DATASETS_TRUNCATED_FILE');
  });

  test('whose sides multiply beyond all numbers, and then by nothing, is refused', () => {
    const sides = [...Array.from({ length: 254 }, () => [255, 255, 255, 255]), [0, 0, 0, 0]].flat();
    expect(codeOf(Uint8Array.of(0, 0, 8, 255, ...sides, 1, 2, 3))).toBe('DATASETS_FOREIGN_FILE');
  });

  test('of arbitrary bytes is either an array or a catalogued error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (noise) => {
        const bytes = Uint8Array.of(0, 0, 8, ...noise);
        expect(codeOf(bytes)).toMatch(/^(none|DATASETS_(FOREIGN_FILE|TRUNCATED_FILE|TRAILING_BYTES))$/);
      }),
    );
  });
});
