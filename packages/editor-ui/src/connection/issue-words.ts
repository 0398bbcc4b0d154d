import type { Issue, NodeCatalogue } from "@insightgraph/engine/graph";
import { withShownNames } from "../document/shown-names.ts";
import { issueTitle } from "../messages/catalogue-names.ts";
import { translateIssue } from "../messages/issues/issue-texts.ts";
import { words } from "../messages/messages.ts";

const hanCharacter = /\p{Script=Han}/u;

type Words = Pick<Issue, "what" | "hint"> & { readonly code?: string };

/**
 * What is wrong, as a sentence; where the page's language lacks it, what kind of fault it is comes first.
 * @param catalogue the names under which the page shows what faults of graphs are about
 */
export function whatSentence({ code = "", what }: Words, catalogue?: NodeCatalogue): string {
  const sentence = toSentence(withNames(code, what, catalogue));
  const title = hanCharacter.test(sentence) ? undefined : issueTitle(code);
  return title === undefined ? sentence : `${title}：${sentence}`;
}

/** What to do about it, as a sentence. */
export function hintSentence({ code = "", hint }: Words, catalogue?: NodeCatalogue): string {
  return toSentence(withNames(code, hint, catalogue));
}

/** Other faults quote what people wrote, which may read like the name of a port. */
function withNames(code: string, text: string, catalogue: NodeCatalogue | undefined): string {
  const isOfGraph = catalogue !== undefined && code.startsWith("graph.");
  return isOfGraph ? withShownNames(text, catalogue) : text;
}

/** What is wrong and what to do about it. */
export function issueSentences(issue: Words, catalogue?: NodeCatalogue): string {
  return `${whatSentence(issue, catalogue)} ${hintSentence(issue, catalogue)}`.trim();
}

/** A thrown value as sentences for people: what and hint when it has them, never a stack. */
export function describeThrown(thrown: unknown): string {
  if (!(thrown instanceof Error)) return words.page.unexpected;
  const what = "what" in thrown && typeof thrown.what === "string" ? thrown.what : thrown.message;
  const hint = "hint" in thrown && typeof thrown.hint === "string" ? thrown.hint : "";
  const code = "code" in thrown && typeof thrown.code === "string" ? thrown.code : "";
  return issueSentences({ code, what, hint });
}

/** A text of an error or a description as a sentence in the page's language, with a capital first letter and a full stop. */
export function toSentence(text: string): string {
  if (text === "") return "";
  const told = translateIssue(text) ?? text;
  const stop = hanCharacter.test(told) ? "。" : ".";
  const end = /[.!?…。！？]$/.test(told) ? "" : stop;
  return `${told.charAt(0).toUpperCase()}${told.slice(1)}${end}`;
}
