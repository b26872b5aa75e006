// What each operation does to numbers: TensorFlow.js' semantics on its cpu backend, in float64. Functions that yield
// a bool give 0 or 1.
import type { BinaryOp, UnaryOp } from '../ir/op-names.ts';

const bit = (condition: boolean): number => (condition ? 1 : 0);

/** Half to even. */
const round = (x: number): number => {
  const below = Math.floor(x);
  const rest = x - below;
  if (rest !== 0.5) return rest < 0.5 ? below : Math.ceil(x);
  return below % 2 === 0 ? below : below + 1;
};

/** Abramowitz and Stegun, 7.1.26: within 1.5e-7, as TensorFlow.js has it. */
const erf = (x: number): number => {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const series =
    ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return Math.sign(x) * (1 - series * Math.exp(-x * x));
};

const SELU_SCALE = 1.0507009873554805;
const SELU_SCALE_ALPHA = 1.7580993408473768;

export const UNARY: Readonly<Record<UnaryOp, (x: number) => number>> = {
  abs: Math.abs,
  ceil: Math.ceil,
  cos: Math.cos,
  elu: (x) => (x >= 0 ? x : Math.exp(x) - 1),
  erf,
  exp: Math.exp,
  expm1: Math.expm1,
  floor: Math.floor,
  isFinite: (x) => bit(Number.isFinite(x)),
  isInf: (x) => bit(Math.abs(x) === Infinity),
  isNaN: (x) => bit(Number.isNaN(x)),
  log: Math.log,
  log1p: Math.log1p,
  logicalNot: (x) => bit(x === 0),
  neg: (x) => -x,
  reciprocal: (x) => 1 / x,
  relu: (x) => Math.max(0, x),
  round,
  rsqrt: (x) => 1 / Math.sqrt(x),
  selu: (x) => (x >= 0 ? SELU_SCALE * x : SELU_SCALE_ALPHA * (Math.exp(x) - 1)),
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  sign: (x) => (x < 0 ? -1 : bit(x > 0)),
  sin: Math.sin,
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  sqrt: Math.sqrt,
  square: (x) => x * x,
  step: (x) => bit(x > 0),
  tan: Math.tan,
  tanh: Math.tanh,
};

const mod = (a: number, b: number): number => {
  const rest = a % b;
  return (a < 0 && b < 0) || (a >= 0 && b >= 0) ? rest : (rest + b) % b;
};

export const BINARY: Readonly<Record<BinaryOp, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  atan2: Math.atan2,
  div: (a, b) => a / b,
  equal: (a, b) => bit(a === b),
  floorDiv: (a, b) => Math.floor(a / b),
  greater: (a, b) => bit(a > b),
  greaterEqual: (a, b) => bit(a >= b),
  less: (a, b) => bit(a < b),
  lessEqual: (a, b) => bit(a <= b),
  logicalAnd: (a, b) => bit(a !== 0 && b !== 0),
  logicalOr: (a, b) => bit(a !== 0 || b !== 0),
  max: Math.max,
  min: Math.min,
  mod,
  mul: (a, b) => a * b,
  notEqual: (a, b) => bit(a !== b),
  pow: Math.pow,
  sub: (a, b) => a - b,
};
