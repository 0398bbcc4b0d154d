import type { QwenTextConfig, TensorValue } from "@insightgraph/models";
import type { NetworkSession } from "../open-network.ts";
import { finiteOutput, floatsOf, tensorOf } from "../tensor.ts";
import type { ReadText } from "./read-text.ts";
import { createTokenMemory } from "./token-memory.ts";
import { causalView } from "./token-places.ts";

type Feeds = Readonly<Record<string, TensorValue>>;

/** Token ids as an input. Shapes: -> [1, L] */
export const idsTensor = (ids: readonly number[]): TensorValue => ({
  dtype: "int64",
  shape: [1, ids.length],
  data: BigInt64Array.from(ids, BigInt),
});

/** Nothing of a picture is read again: its tokens are remembered. */
function withoutPictures({ places, ...features }: Feeds): Feeds {
  if (places === undefined) return {};
  const rows = Object.entries(features).map(([name, { shape }]): [string, TensorValue] => {
    const width = shape[1] ?? 0;
    return [name, { dtype: "float32", shape: [1, width], data: new Float32Array(width) }];
  });
  return {
    places: { dtype: "int64", shape: [1, 1], data: BigInt64Array.of(-1n) },
    ...Object.fromEntries(rows),
  };
}

/**
 * Tokens one after the other, without end; each step reads the last token alone and remembers all before it.
 * @param choose The next token, from how likely each is: [vocabulary]
 * Throws: sampling.not-finite.
 */
export async function* generateIds(
  session: NetworkSession,
  text: QwenTextConfig,
  prompt: ReadText,
  choose: (logits: Float32Array) => number,
): AsyncGenerator<number, never> {
  const memory = createTokenMemory(text);
  let { ids, positions, pictures } = prompt;
  const later = withoutPictures(pictures);
  for (let place = prompt.next; ; place++) {
    const mask = causalView(ids.length);
    const feeds = { ...memory.past(), ...pictures, ids: idsTensor(ids), positions, mask };
    const found = await session.run(feeds);
    finiteOutput(found, "logits");
    const chosen = choose(floatsOf(tensorOf(found, "logits")));
    yield chosen;
    memory.add(found);
    [ids, pictures] = [[chosen], later];
    positions = { dtype: "float32", shape: [1, 3], data: new Float32Array(3).fill(place) };
  }
}
