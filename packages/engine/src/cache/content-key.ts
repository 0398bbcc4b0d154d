import crypto, { createHash, randomUUID } from "node:crypto";
import type { Json, JsonObject } from "../graph/document.ts";
import type { HashPart, PortType } from "../node/define-port.ts";

/** SHA-256 over parts, each preceded by its kind and length, so that no two lists collide. */
export function digest(parts: readonly HashPart[]): string {
  if (parts.every((part) => typeof part === "string")) return digestTexts(parts);
  const hash = createHash("sha256");
  for (const part of parts) {
    const bytes = typeof part === "string" ? Buffer.from(part, "utf8") : part;
    hash.update(`${typeof part === "string" ? "t" : "b"}${bytes.byteLength}:`);
    hash.update(bytes);
  }
  return hash.digest("hex");
}

/** The same digest for texts only, in one call. */
function digestTexts(parts: readonly string[]): string {
  let all = "";
  for (const part of parts) all += `t${Buffer.byteLength(part)}:${part}`;
  // Older versions of Node lack `crypto.hash`.
  return crypto.hash === undefined
    ? createHash("sha256").update(all).digest("hex")
    : crypto.hash("sha256", all, "hex");
}

/** JSON text with sorted names: equal values give equal text. */
export function canonicalJson(value: Json): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const record = value as JsonObject;
  let text = "";
  for (const key of Object.keys(record).sort()) {
    text += `${text === "" ? "" : ","}${JSON.stringify(key)}:${canonicalJson(record[key] ?? null)}`;
  }
  return `{${text}}`;
}

/** Everything that determines a result. */
export interface KeyMaterial {
  readonly type: string;
  readonly version: number;
  readonly settings: Readonly<Record<string, Json>>;
  /** Content hash of the value at each connected input. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly fingerprint?: string;
}

/** The key of a result, from everything it depends on; node ids and positions are no part of it. */
export function contentKey({ type, version, settings, inputs, fingerprint }: KeyMaterial): string {
  const facts = canonicalJson({ type, version, settings, inputs });
  return digest(fingerprint === undefined ? [facts] : [facts, fingerprint]);
}

/**
 * The content hash of an output.
 * @param producer Key of the result that holds it; undefined where the result cannot be reproduced.
 */
export function contentHash(
  portType: PortType,
  value: unknown,
  output: string,
  producer: string | undefined,
): string {
  const parts = portType.hash?.(value);
  if (parts === undefined) {
    return digest([portType.id, producer ?? randomUUID(), output]);
  }
  const list = typeof parts === "string" || parts instanceof Uint8Array ? [parts] : parts;
  return digest([portType.id, ...list]);
}
