// Student’s t distribution, from the incomplete beta function of the Cephes library (Moshier).
import { createRequire } from 'node:module';

/** The two functions used here: the regularised incomplete beta function I_x(a, b) and its inverse in x. */
interface Cephes {
  incbet(a: number, b: number, x: number): number;
  incbi(a: number, b: number, share: number): number;
}

// The ES module of cephes compiles its WebAssembly asynchronously, its CommonJS build at once.
const require = createRequire(import.meta.url);
const { incbet, incbi } = require('cephes') as Cephes;

/** P(|T| ≥ |t|) = I_{ν/(ν+t²)}(ν/2, 1/2) for ν > 0 degrees of freedom, whole or not. */
export const twoSidedP = (t: number, degrees: number): number =>
  Number.isFinite(t) ? incbet(degrees / 2, 0.5, degrees / (degrees + t * t)) : 0;

/** The t ≥ 0 that |T| exceeds with probability `p` in (0, 1): 2.776… for p = 0.05 and ν = 4. */
export const twoSidedCritical = (p: number, degrees: number): number => {
  const x = incbi(degrees / 2, 0.5, p);
  return Math.sqrt((degrees * (1 - x)) / x);
};
