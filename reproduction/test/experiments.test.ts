// The rows that are to be reproduced: their number, their sizes, and that nothing is set but what the row is about.
import { modelMap, pipelineFrom } from 'mapping-networks';
import { describe, expect, it } from 'vitest';
import { addOnRows, fewerBitsRows } from '../src/experiments/add-ons.ts';
import { experiments } from '../src/experiments/all.ts';
import { paperRows } from '../src/experiments/paper.ts';

const trainables = (config: object): number =>
  modelMap(pipelineFrom(config).parts).trainables.reduce(
    (sum, { shape }) => sum + shape.reduce((size, side) => size * side, 1),
    0,
  );

describe('the rows of the paper', () => {
  it.each([
    ['mnist-cnn2-direct', 108_618, 20, 3],
    ['mnist-cnn2-slvt-1024', 1024, 20, 3],
    ['mnist-cnn2-slvt-2048', 2048, 20, 3],
    ['mnist-cnn2-lwt-1872', 1872, 20, 3],
    ['mnist-cnn2-lwt-2688', 2688, 20, 3],
    ['fashion-mnist-cnn2-direct', 108_618, 20, 3],
    ['fashion-mnist-cnn2-slvt-1024', 1024, 20, 3],
    ['fashion-mnist-cnn2-slvt-2048', 2048, 20, 3],
    ['fashion-mnist-cnn2-lwt-1872', 1872, 20, 3],
    ['fashion-mnist-cnn2-lwt-2688', 2688, 20, 3],
    ['fashion-mnist-cnn1-direct', 537_994, 12, 1],
    ['fashion-mnist-cnn1-slvt-1024', 1024, 12, 1],
    ['fashion-mnist-cnn1-slvt-2072', 2072, 12, 3],
    ['fashion-mnist-cnn1-lwt-4078', 4078, 12, 1],
  ])('%s trains %i numbers for %i epochs from %i seeds', (name, size, epochs, seeds) => {
    const row = paperRows.find((experiment) => experiment.name === name);
    expect(row?.seeds).toEqual([0, 1, 2].slice(0, seeds));
    expect(row?.config['epochs']).toBe(epochs);
    expect(trainables(row?.config ?? {})).toBe(size);
  });

  it('are these fourteen, and leave everything else to the defaults', () => {
    expect(paperRows).toHaveLength(14);
    for (const { config } of paperRows) {
      expect(Object.keys(config).toSorted()).toEqual(['dataset', 'epochs', 'parameterization', 'target']);
      const { parameterization } = config;
      const set = typeof parameterization === 'string' ? [] : Object.keys(parameterization as object);
      expect(['use', 'latentDim', 'strategy']).toEqual(expect.arrayContaining(set));
    }
  });

  it('all have published figures beside them', () => {
    for (const { published } of paperRows) {
      expect(published?.paper).toBeGreaterThan(80);
      expect(published?.reproduction).toBeGreaterThan(80);
    }
  });
});

describe('the add-ons', () => {
  it.each([
    ['mnist-cnn2-direct-lrd', 35_914],
    ['fashion-mnist-cnn2-slvt-1456-lrd', 1456],
    ['mnist-cnn2-lwt-2688-lrd', 2688],
  ])('%s trains %i numbers', (name, size) => {
    expect(trainables(addOnRows.find((row) => row.name === name)?.config ?? {})).toBe(size);
  });

  it('are six for each dataset, all published', () => {
    expect(addOnRows).toHaveLength(12);
    expect(addOnRows.every(({ published }) => published !== undefined)).toBe(true);
  });

  it('that make a network smaller take it from a row of the paper, with its config', () => {
    const smaller = [...addOnRows, ...fewerBitsRows].filter(({ compressed }) => compressed !== undefined);
    expect(smaller).toHaveLength(18);
    for (const { config, compressed } of smaller)
      expect(paperRows.find(({ name }) => name === compressed?.of)?.config).toEqual(config);
  });
});

it('no two experiments share a name', () => {
  expect(new Set(experiments.map(({ name }) => name)).size).toBe(experiments.length);
});
