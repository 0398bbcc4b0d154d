/** How the next token is chosen. */
export interface TokenChoice {
  /** 0: always the likeliest. */
  readonly temperature: number;
  /** The likeliest tokens that together are this probable may be chosen. */
  readonly topP: number;
}

function likeliest(logits: Float32Array): number {
  let best = 0;
  for (let id = 1; id < logits.length; id++) {
    if ((logits[id] as number) > (logits[best] as number)) best = id;
  }
  return best;
}

/**
 * Chooses the next token. Of equally likely ones the first is taken.
 * @param draw A number in [0, 1).
 * Shapes: logits [vocabulary]
 * Source: nucleus sampling, arXiv:1904.09751, section 3.1.
 */
export function chooseToken(
  logits: Float32Array,
  { temperature, topP }: TokenChoice,
  draw: () => number,
): number {
  const best = likeliest(logits);
  if (temperature === 0) return best;
  const top = logits[best] as number;
  const weights = Array.from(logits, (value, id) => ({
    id,
    weight: Math.exp((value - top) / temperature),
  })).toSorted((a, b) => b.weight - a.weight);
  const total = weights.reduce((sum, { weight }) => sum + weight, 0);
  let kept = 0;
  let sum = 0;
  while (kept < weights.length && sum < topP * total) sum += weights[kept++]?.weight ?? 0;
  let left = draw() * sum;
  const chosen = weights.slice(0, kept).find(({ weight }) => {
    left -= weight;
    return left < 0;
  });
  return chosen?.id ?? best;
}
