// How many singular values of a fresh matrix carry a given part of its energy, from the law of Marchenko and Pastur:
// known from the shape alone, without drawing a matrix.

/** Steps of the quadrature; the share of singular values is right to about 1e-8. */
const STEPS = 2 ** 14;

/** What a rank costs to find, in operations of about a nanosecond. */
export const GAUSSIAN_RANK_OPERATIONS: number = 8 * STEPS;

/**
 * The rank at which a matrix of independent Gaussian numbers keeps the part `energy` of its squared singular values, for
 * large matrices: with β = smaller side / larger side, the eigenvalues of W Wᵀ / larger side are 1 + β + 2√β cos φ
 * with density (2/π) sin²φ / (1 + β + 2√β cos φ) in φ, so that their energy has density (2/π) sin²φ.
 *
 * Only + − × ÷ and √ are used, so that the rank is the same on every machine. Source: Marchenko & Pastur 1967.
 */
export const gaussianRank = (rows: number, columns: number, energy: number): number => {
  const most = Math.min(rows, columns);
  if (energy === 1) return most;
  const share = shareOfValues(most / Math.max(rows, columns), energy);
  // The share is exact to 1e-8 and its product with a side to a little more.
  return Math.min(most, Math.max(1, Math.ceil(most * share - 1e-6)));
};

/** The part of the singular values, largest first, that carries `energy`; by the midpoint rule. */
const shareOfValues = (beta: number, energy: number): number => {
  const root = Math.sqrt(beta);
  let kept = 0;
  let share = 0;
  for (let step = 0; step < STEPS; step++) {
    // φ runs from 0 to π with t from 0 to 1: tan(φ/2) = t / (1 − t), and nothing but fractions is left of the angles.
    const t = (step + 0.5) / STEPS;
    const q = 1 - 2 * t * (1 - t);
    const cosine = (1 - 2 * t) / q;
    const sine = (2 * t * (1 - t)) / q;
    const energyHere = (4 * sine * sine) / (Math.PI * q * STEPS);
    const valuesHere = energyHere / (1 + beta + 2 * root * cosine);
    if (kept + energyHere >= energy) return share + (valuesHere * (energy - kept)) / energyHere;
    kept += energyHere;
    share += valuesHere;
  }
  return 1;
};
