import { parseQwenConfig } from "@insightgraph/models";
import { expect, test } from "vitest";
import { floatsOf, type TensorValue } from "../tensor.ts";
import { createTokenMemory } from "./token-memory.ts";
import { unseen } from "./token-places.ts";

const { text } = parseQwenConfig({
  model_type: "qwen3",
  vocab_size: 8,
  hidden_size: 8,
  intermediate_size: 8,
  num_hidden_layers: 1,
  num_attention_heads: 4,
  num_key_value_heads: 2,
  head_dim: 1,
});

/** Keys and values of tokens: the number of each, the second head's negative. */
function read(first: number, count: number) {
  const numbers = Array.from({ length: count }, (_, at) => first + at);
  const data = Float32Array.from([...numbers, ...numbers.map((value) => -value)]);
  const value: TensorValue = { dtype: "float32", shape: [1, 2, count, 1], data };
  return { "keys.0": value, "values.0": value };
}

test("a memory keeps what each head has read, also when it grows", () => {
  const memory = createTokenMemory(text);
  expect(memory.past()["pastMask"]?.data).toEqual(new Float32Array(256).fill(unseen));
  memory.add(read(1, 255));
  memory.add(read(256, 1));
  expect(memory.past()["pastMask"]?.data).toEqual(new Float32Array(256));
  memory.add(read(257, 300));
  const { pastMask, ...kept } = memory.past();
  expect(pastMask?.data).toEqual(new Float32Array(768).fill(unseen, 556));
  expect(Object.keys(kept)).toEqual(["past.keys.0", "past.values.0"]);
  const wanted = Array.from({ length: 768 }, (_, at) => (at < 556 ? at + 1 : 0));
  for (const value of Object.values(kept)) {
    expect(value.shape).toEqual([1, 2, 768, 1]);
    const found = floatsOf(value);
    expect([...found.subarray(0, 768)]).toEqual(wanted);
    expect([...found.subarray(768)].map((one) => 0 - one)).toEqual(wanted);
  }
});

test("what is remembered is not copied until the memory grows", () => {
  const memory = createTokenMemory(text);
  const before = memory.past()["past.keys.0"]?.data;
  memory.add(read(1, 256));
  expect(memory.past()["past.keys.0"]?.data).toBe(before);
});
