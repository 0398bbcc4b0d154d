import type { QwenTextConfig, TensorValue } from "@insightgraph/models";
import { floatsOf } from "../tensor.ts";
import { unseen } from "./token-places.ts";

type Values = Readonly<Record<string, TensorValue>>;

/** Tokens by which a memory grows: rarely, and with little unused. */
const growth = 256;

/** The keys and values of all tokens so far. They are copied only when the memory grows. */
export interface TokenMemory {
  /** What a network reads: `past.keys.k`, `past.values.k` and `pastMask`. Shapes: [1, K, P, d] and [1, P] */
  past(): Values;
  /** Remembers what a network has read: `keys.k` and `values.k`. Shapes: [1, K, L, d] */
  add(read: Values): void;
}

/** A memory of nothing. */
export function createTokenMemory({ layers, keyHeads, headWidth }: QwenTextConfig): TokenMemory {
  const names = Array.from({ length: layers }, (_, at) => [`keys.${at}`, `values.${at}`]).flat();
  const empty = (room: number) => new Float32Array(keyHeads * room * headWidth);
  let [tokens, room] = [0, growth];
  const buffers = new Map(names.map((name) => [name, empty(room)]));
  const grow = (): void => {
    const old = room * headWidth;
    room = growth * Math.ceil(tokens / growth);
    for (const [name, values] of buffers) {
      const grown = empty(room);
      for (let head = 0; head < keyHeads; head++) {
        grown.set(values.subarray(head * old, (head + 1) * old), head * room * headWidth);
      }
      buffers.set(name, grown);
    }
  };
  return {
    past() {
      const shape = [1, keyHeads, room, headWidth];
      const kept = [...buffers].map(([name, data]): [string, TensorValue] => [
        `past.${name}`,
        { dtype: "float32", shape, data },
      ]);
      const mask = new Float32Array(room).fill(unseen, tokens);
      const pastMask: TensorValue = { dtype: "float32", shape: [1, room], data: mask };
      return { ...Object.fromEntries(kept), pastMask };
    },
    add(read) {
      const first = tokens;
      tokens += read["keys.0"]?.shape[2] ?? 0;
      if (tokens > room) grow();
      const added = (tokens - first) * headWidth;
      for (const [name, buffer] of buffers) {
        const rows = floatsOf(read[name] as TensorValue);
        for (let head = 0; head < keyHeads; head++) {
          const start = (head * room + first) * headWidth;
          buffer.set(rows.subarray(head * added, (head + 1) * added), start);
        }
      }
    },
  };
}
