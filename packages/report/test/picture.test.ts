// Pictures survive the way through PNG pixel by pixel, and undoing the normalisation gives the raw values back.
import { pictureOf, renderReport } from '@mapping-networks/report';
import fc from 'fast-check';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';

/** The pixels of the one picture of a page. */
const decoded = (page: string): PNG => {
  const [, base64 = ''] = /data:image\/png;base64,([^"]+)/.exec(page) ?? [];
  return PNG.sync.read(Buffer.from(base64, 'base64'));
};

const pageWith = (picture: ReturnType<typeof pictureOf>): string =>
  renderReport({
    title: '',
    subtitle: '',
    facts: [],
    steps: [],
    epochs: [],
    galleries: [{ title: '', text: '', samples: [{ picture, label: 'a', predicted: 'a', probability: 1 }] }],
    config: null,
  });

describe('pictureOf', () => {
  it('undoes the normalisation', () => {
    const image = fc.record({
      raw: fc.uint8Array({ minLength: 6, maxLength: 6 }),
      mean: fc.double({ min: 0, max: 1, noNaN: true }),
      std: fc.double({ min: 0.1, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(image, ({ raw, mean, std }) => {
        const x = Float32Array.from(raw, (value) => (value / 255 - mean) / std);
        const picture = pictureOf(x, { inputShape: [2, 3, 1], normalization: { scale: 255, mean, std } });
        expect([...picture.pixels]).toEqual([...raw]);
      }),
    );
  });

  it.each([1, 3] as const)('gives the pixels of %i channels to the page unchanged', (channels) => {
    const raw = Uint8Array.from({ length: 20 * channels }, (_, i) => (i * 37) % 256);
    const normalization = { scale: 255, mean: 0, std: 1 };
    const x = Float32Array.from(raw, (value) => value / 255);
    const png = decoded(pageWith(pictureOf(x, { inputShape: [4, 5, channels], normalization })));
    expect([png.width, png.height]).toEqual([5, 4]);
    const reds = Array.from({ length: 20 }, (_, pixel) => png.data[pixel * 4]);
    expect(reds).toEqual(Array.from({ length: 20 }, (_, pixel) => raw[pixel * channels]));
  });

  it('refuses inputs that are not pictures', () => {
    const info = { inputShape: [24, 67], normalization: { scale: 1, mean: 0, std: 1 } };
    expect(() => pictureOf(new Float32Array(24 * 67), info)).toThrow(
      expect.objectContaining({
        code: 'REPORT_NOT_A_PICTURE',
        message: expect.stringContaining('got [24, 67]'),
      }),
    );
  });
});
