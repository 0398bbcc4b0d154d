/** A thrown value as a sentence for people: what and hint when it has them, never a stack. */
export function describeThrown(thrown: unknown): string {
  if (!(thrown instanceof Error)) return "something unexpected happened.";
  const what = "what" in thrown && typeof thrown.what === "string" ? thrown.what : thrown.message;
  const hint = "hint" in thrown && typeof thrown.hint === "string" ? ` ${thrown.hint}` : "";
  return `${what}${/[.!?]$/.test(what) ? "" : "."}${hint}`;
}
