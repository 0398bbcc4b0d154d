/** What a network was trained to predict. */
export const predictions = ["epsilon", "v_prediction", "sample"] as const;
/** What a network predicts: the noise, the velocity or the clean sample. */
export type Prediction = (typeof predictions)[number];

/** Shares of a noisy sample and of the network's output in a sum. */
export interface Shares {
  readonly sample: number;
  readonly output: number;
}

/**
 * The clean sample x0 of a sample that is signal x0 + spread e.
 * Source: Progressive Distillation (arXiv:2202.00512), app. D for v = signal e - spread x0.
 */
export function cleanShares(prediction: Prediction, signal: number, spread: number): Shares {
  if (prediction === "sample") return { sample: 0, output: 1 };
  if (prediction === "epsilon") return { sample: 1 / signal, output: -spread / signal };
  // signal^2 + spread^2 = 1 but in sigma space, where signal is 1 and v belongs to the scaled sample.
  const length = Math.hypot(signal, spread);
  return { sample: signal / length ** 2, output: -spread / length };
}

/** The noise e of a sample that is signal x0 + spread e, signal^2 + spread^2 = 1. */
export function noiseShares(prediction: Prediction, signal: number, spread: number): Shares {
  if (prediction === "epsilon") return { sample: 0, output: 1 };
  if (prediction === "sample") return { sample: 1 / spread, output: -signal / spread };
  return { sample: spread, output: signal };
}
