// What the kinds `unary`, `binary` and `reduce` may compute.

/** Functions of one number. `step` is 1 where x > 0, else 0; of NaN it may be either, or NaN. */
export type UnaryOp =
  | 'abs'
  | 'ceil'
  | 'cos'
  | 'elu'
  | 'erf'
  | 'exp'
  | 'expm1'
  | 'floor'
  | 'isFinite'
  | 'isInf'
  | 'isNaN'
  | 'log'
  | 'log1p'
  | 'logicalNot'
  | 'neg'
  | 'reciprocal'
  | 'relu'
  | 'round'
  | 'rsqrt'
  | 'selu'
  | 'sigmoid'
  | 'sign'
  | 'sin'
  | 'softplus'
  | 'sqrt'
  | 'square'
  | 'step'
  | 'tan'
  | 'tanh';

/** Functions of two numbers that yield a number of their type. `mod` has the sign of the divisor. */
export type ArithmeticOp =
  | 'add'
  | 'atan2'
  | 'div'
  | 'floorDiv'
  | 'max'
  | 'min'
  | 'mod'
  | 'mul'
  | 'pow'
  | 'sub';

/** Functions of two numbers that yield a bool. */
export type ComparisonOp =
  | 'equal'
  | 'greater'
  | 'greaterEqual'
  | 'less'
  | 'lessEqual'
  | 'logicalAnd'
  | 'logicalOr'
  | 'notEqual';

/** Functions of two numbers. */
export type BinaryOp = ArithmeticOp | ComparisonOp;

/** Functions of all numbers along some axes. */
export type ReduceOp = 'all' | 'any' | 'max' | 'mean' | 'min' | 'prod' | 'sum';
