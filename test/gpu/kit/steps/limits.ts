export const precisions = ["float32", "float16"] as const;

/** Relative error that a network's results may have, as in the parity suite. */
export const limits = { float32: 1e-4, float16: 2e-2 } as const;
