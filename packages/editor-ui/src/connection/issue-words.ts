import type { Issue } from "@insightgraph/engine/graph";
import { issueTitle } from "../messages/catalogue-names.ts";
import { words } from "../messages/messages.ts";

type Words = Pick<Issue, "what" | "hint"> & { readonly code?: string };

/** What is wrong, as a sentence; in another language than the engine's, what kind of fault it is comes first. */
export function whatSentence({ code = "", what }: Words): string {
  const title = issueTitle(code);
  return title === undefined ? toSentence(what) : `${title}：${toSentence(what)}`;
}

/** What to do about it, as a sentence. */
export function hintSentence({ hint }: Words): string {
  return toSentence(hint);
}

/** What is wrong and what to do about it. */
export function issueSentences(issue: Words): string {
  return `${whatSentence(issue)} ${hintSentence(issue)}`.trim();
}

/** A thrown value as sentences for people: what and hint when it has them, never a stack. */
export function describeThrown(thrown: unknown): string {
  if (!(thrown instanceof Error)) return words.page.unexpected;
  const what = "what" in thrown && typeof thrown.what === "string" ? thrown.what : thrown.message;
  const hint = "hint" in thrown && typeof thrown.hint === "string" ? thrown.hint : "";
  const code = "code" in thrown && typeof thrown.code === "string" ? thrown.code : "";
  return issueSentences({ code, what, hint });
}

/** A text with a capital first letter and a full stop, in whichever script. */
export function toSentence(text: string): string {
  if (text === "") return "";
  const end = /[.!?…。！？]$/.test(text) ? "" : ".";
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${end}`;
}
