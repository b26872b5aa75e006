// What of a mapping's options decides about bits.

/** σ in θ = σ(Wz + b). `sin` is sin(ω·u). */
export type Activation =
  | { readonly type: 'identity' }
  | { readonly type: 'tanh' }
  | { readonly type: 'sin'; readonly omega: number };

/**
 * How z modulates the map. With v = Wz: `none` u = v; `additive` u = v + α‖z‖²/d (Eq. 20 of the paper in closed form,
 * α per dimension); `linear` u_j = v_j·(1 + α·b_j·z) with a second seeded projection b (Theorem 2's M(z) = Bz);
 * `vector` u = v + α(m·z)/d with a trained m (the paper's separate modulation vector, α per dimension too: it adds one
 * scalar to every value, and unscaled the first steps of m would shift all of θ by many standard deviations).
 */
export type Modulation =
  | { readonly type: 'none' }
  | { readonly type: 'additive'; readonly alpha: number }
  | { readonly type: 'linear'; readonly alpha: number }
  | { readonly type: 'vector'; readonly alpha: number };

/** How layer-wise latents share the budget: by parameters, by their square root, or given for each layer. */
export type Allocation = 'proportional' | 'sqrt' | readonly number[];
