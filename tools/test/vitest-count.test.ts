// The last line of .ci/run: counts, and an exit code that cannot be right by accident.

import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { emptyFolder } from '../src/scratch-copy.ts';

const folder = emptyFolder('count');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const count = (report: object | undefined): { line: string; status: number | null } => {
  const path = join(folder, 'report.json');
  rmSync(path, { force: true });
  if (report !== undefined) writeFileSync(path, JSON.stringify(report));
  const script = join(import.meta.dirname, '..', 'src', 'vitest-count.mjs');
  const { stdout, status } = spawnSync(process.execPath, [script, path], { encoding: 'utf8' });
  return { line: stdout.trim(), status };
};

const passedFile = { status: 'passed', assertionResults: [{ status: 'passed' }] };

describe('vitest-count', () => {
  it('counts a green run', () => {
    const report = { numPassedTests: 7, numFailedTests: 0, success: true, testResults: [passedFile] };
    expect(count(report)).toEqual({ line: '7 passed, 0 failed', status: 0 });
  });

  it('counts failed tests once', () => {
    const failedFile = { status: 'failed', assertionResults: [{ status: 'failed' }] };
    const report = {
      numPassedTests: 7,
      numFailedTests: 1,
      success: false,
      testResults: [passedFile, failedFile],
    };
    expect(count(report)).toEqual({ line: '7 passed, 1 failed', status: 1 });
  });

  it('counts a file that could not be loaded', () => {
    const unloadable = { status: 'failed', assertionResults: [] };
    const report = {
      numPassedTests: 7,
      numFailedTests: 0,
      success: false,
      testResults: [passedFile, unloadable],
    };
    expect(count(report)).toEqual({ line: '7 passed, 1 failed', status: 1 });
  });

  it('fails without a report, without a test, and after an unhandled error', () => {
    expect(count(undefined)).toEqual({ line: '0 passed, 1 failed', status: 1 });
    const empty = { numPassedTests: 0, numFailedTests: 0, success: true, testResults: [] };
    expect(count(empty)).toEqual({ line: '0 passed, 0 failed', status: 1 });
    const unhandled = { numPassedTests: 7, numFailedTests: 0, success: false, testResults: [passedFile] };
    expect(count(unhandled)).toEqual({ line: '7 passed, 1 failed', status: 1 });
  });
});
