import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { renderChat } from "../../packages/models/src/tokens/chat-template.ts";
import { createCheckpointTokenizer } from "../../packages/models/src/tokens/checkpoint-tokenizer.ts";
import { readTokenizerFiles } from "../../packages/models/src/tokens/tokenizer-files.ts";
import { uniform } from "./formula-weights.ts";

const folder = fileURLToPath(new URL("../fixtures/parity/qwen-tokens", import.meta.url));
const expected: {
  readonly pieces: readonly string[];
  readonly ids: readonly string[];
  readonly decoded: readonly string[];
  readonly talk: string;
} = JSON.parse(await readFile(`${folder}/expected.json`, "utf8"));

const digest = (numbers: Iterable<number>): string =>
  createHash("sha256")
    .update([...numbers].join())
    .digest("hex")
    .slice(0, 8);

/** 500 texts of pieces, joined as in qwen_tokens.py. */
function texts(): readonly string[] {
  const draws = uniform("texts", 500 * 8).values();
  const piece = (): string => {
    const draw = draws.next().value ?? 0;
    return expected.pieces[Math.floor(((draw + 1) / 2) * expected.pieces.length)] ?? "";
  };
  return Array.from({ length: 500 }, (_, at) =>
    Array.from({ length: 1 + (at % 8) }, piece).join(""),
  );
}

test.each(["", "json"])("[K1] 500 texts with vocabulary files /%s as transformers", async (sub) => {
  const tokenizer = createCheckpointTokenizer(await readTokenizerFiles(`${folder}/${sub}`));
  const found = texts().map((text) => {
    const ids = tokenizer.encodeWhole(text);
    const bytes = new TextEncoder().encode(tokenizer.decode(ids));
    return { text, ids: digest(ids), decoded: digest(bytes) };
  });
  const wanted = texts().map((text, at) => ({
    text,
    ids: expected.ids[at],
    decoded: expected.decoded[at],
  }));
  expect(found).toEqual(wanted);
  expect(tokenizer.endId).toBe(tokenizer.idOf("<|im_end|>"));
});

test.each(["", "json"])("[K6] the chat template of /%s as transformers renders it", async (sub) => {
  const files = await readTokenizerFiles(`${folder}/${sub}`);
  const talk = renderChat(files, [
    { role: "system", text: "You describe photographs." },
    { role: "user", text: "What is it?\n", pictures: 1 },
    { role: "assistant", text: "A {{ cat }}." },
    { role: "user", text: "And 'that'?" },
  ]);
  expect(talk).toBe(expected.talk);
});
