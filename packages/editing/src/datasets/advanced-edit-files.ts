import type { FieldValue } from "./record.ts";

type JsonObject = Readonly<Record<string, FieldValue>>;

/** The files that the AdvancedEdit pipeline writes for one photograph, by stage. */
export type AdvancedEditFile =
  | { readonly stage: "caption"; readonly content: JsonObject }
  | { readonly stage: "objects"; readonly content: JsonObject }
  | { readonly stage: "masks"; readonly content: JsonObject }
  | { readonly stage: "pairs"; readonly pairs: readonly JsonObject[] };

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function has(value: JsonObject, ...names: readonly string[]): boolean {
  return names.every((name) => name in value);
}

/** Tells a file of the AdvancedEdit pipeline by its members; undefined for any other JSON. */
export function toAdvancedEditFile(value: unknown): AdvancedEditFile | undefined {
  if (!isObject(value)) return undefined;
  if (has(value, "img_path", "caption")) return { stage: "caption", content: value };
  if (has(value, "object_list", "img_caption")) return { stage: "objects", content: value };
  if (has(value, "image_path", "annotations")) return { stage: "masks", content: value };
  const entries = Object.entries(value).sort(([a], [b]) => Number(a) - Number(b));
  const pairs = entries.flatMap(([name, pair]) => {
    const isPair = /^\d+$/.test(name) && isObject(pair) && has(pair, "origin_img_path");
    return isPair ? [pair] : [];
  });
  return pairs.length > 0 && pairs.length === entries.length
    ? { stage: "pairs", pairs }
    : undefined;
}

/** Members of a pair that have other names as fields. */
export const pairMembers = {
  edit_type: "task_type",
  source_caption: "img_caption",
  understanding: "reasoning_instruction1",
  reasoning: "reasoning_instruction2",
} as const;
