// Prints "N passed, N failed" from vitest's JSON report. Plain JavaScript, so that the line appears even when the
// install failed. A test file that could not be loaded counts as one failure, and so does a missing report.
import { existsSync, readFileSync } from 'node:fs';

const [, , path = ''] = process.argv;

/** @param {{ numPassedTests: number, numFailedTests: number, success: boolean, testResults: { status: string, assertionResults: { status: string }[] }[] }} report */
const count = ({ numPassedTests, numFailedTests, success, testResults }) => {
  const broken = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  const failed = numFailedTests + broken.length;
  return { passed: numPassedTests, failed: failed === 0 && !success ? 1 : failed };
};

const { passed, failed } = existsSync(path)
  ? count(JSON.parse(readFileSync(path, 'utf8')))
  : { passed: 0, failed: 1 };
if (failed > 0 || passed === 0) process.exitCode = 1;
console.log(`${passed} passed, ${failed} failed`);
