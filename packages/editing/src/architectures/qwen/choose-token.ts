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

/** Tokens lighter than these are left out while the others suffice, so that few have to be sorted. */
const lightest = [1e-2, 1e-4, 0];

/** Tokens and their weights. */
interface Candidates {
  readonly ids: ArrayLike<number>;
  /** By id. */
  readonly weights: Float64Array;
}

const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

/** How many of the first tokens together weigh more than that; all, where they do not. */
function countTo({ ids, weights }: Candidates, wanted: number): number {
  let sum = 0;
  for (let at = 0; at < ids.length; at++) {
    sum += weights[ids[at] as number] as number;
    if (sum > wanted) return at + 1;
  }
  return ids.length;
}

/** The fewest tokens that together weigh so much, heaviest first. */
function nucleusOf(weights: Float64Array, wanted: number): number[] {
  const heavy = lightest.find((least) => {
    return sumOf(weights.filter((weight) => weight >= least)) >= wanted;
  });
  const ids: number[] = [];
  for (let id = 0; id < weights.length; id++) {
    if ((weights[id] as number) >= (heavy ?? 0)) ids.push(id);
  }
  ids.sort((a, b) => (weights[b] as number) - (weights[a] as number));
  return ids.slice(0, countTo({ ids, weights }, wanted));
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
  const weights = new Float64Array(logits.length);
  for (let id = 0; id < weights.length; id++) {
    weights[id] = Math.exp(((logits[id] as number) - top) / temperature);
  }
  const ids =
    topP < 1
      ? nucleusOf(weights, topP * sumOf(weights))
      : new Uint32Array(weights.length).map((_, id) => id);
  let kept = 0;
  for (let at = 0; at < ids.length; at++) kept += weights[ids[at] as number] as number;
  return ids[countTo({ ids, weights }, draw() * kept) - 1] ?? best;
}
