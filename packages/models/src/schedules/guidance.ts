/** The two guidance scales of instruction-based editing. Source: InstructPix2Pix (arXiv:2211.09800), eq. 3. */
export interface GuidanceScales {
  /** 1 follows the instruction as it was learnt; more exaggerates it. */
  readonly text: number;
  /** 1 keeps to the source as it was learnt; more holds on to it. */
  readonly image: number;
}

/** One row of a guided batch: its conditioning, and its share in the sum. */
export interface GuidanceRow {
  readonly hasText: boolean;
  readonly hasSource: boolean;
  readonly share: number;
}

/**
 * Rows whose predictions, times their shares, add up to the guided prediction:
 * e = e(0, 0) + s_I (e(source, 0) - e(0, 0)) + s_T (e(source, text) - e(source, 0)). Rows without a share are left out.
 * Source: InstructPix2Pix (arXiv:2211.09800), eq. 3.
 */
export function guidanceRows({ text, image }: GuidanceScales): readonly GuidanceRow[] {
  const rows = [
    { hasText: true, hasSource: true, share: text },
    { hasText: false, hasSource: true, share: image - text },
    { hasText: false, hasSource: false, share: 1 - image },
  ];
  return rows.filter(({ share }) => share !== 0);
}

/** The rows' predictions summed by their shares. Shapes: [rows, ...] one after the other -> [...] */
export function guide(rows: readonly GuidanceRow[], predictions: Float32Array): Float32Array {
  const length = predictions.length / rows.length;
  return Float32Array.from({ length }, (_, at) =>
    rows.reduce((sum, { share }, row) => sum + share * (predictions[row * length + at] ?? 0), 0),
  );
}

function deviation(values: Float32Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

/**
 * Rescales a guided prediction to the standard deviation of the conditional one, which strong guidance would exceed.
 * @param amount 0 leaves it as it is, 1 gives it that spread alone; the paper takes 0.7.
 * Source: arXiv:2305.08891, section 3.4.
 */
export function rescaleGuidance(
  guided: Float32Array,
  conditional: Float32Array,
  amount: number,
): Float32Array {
  const spread = deviation(guided);
  if (amount === 0 || spread === 0) return guided;
  const scale = amount * (deviation(conditional) / spread) + 1 - amount;
  return guided.map((value) => value * scale);
}
