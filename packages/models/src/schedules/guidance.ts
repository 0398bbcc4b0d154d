export interface GuidanceScales {
  /** 1 follows the instruction as it was learnt; more exaggerates it. */
  readonly text: number;
  /** 1 keeps to the source as it was learnt; more holds on to it. */
  readonly image: number;
}

/** One row of a guided batch: what it is told, and its share in the sum. */
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
