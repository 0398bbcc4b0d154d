/** Ends after the closing quote of the text that begins at `start`. */
function textEnd(json: string, start: number): number {
  let at = start + 1;
  while (json[at] !== '"') at += json[at] === "\\" ? 2 : 1;
  return at + 1;
}

/**
 * The first name that stands twice at the top of an object; `JSON.parse` would keep the last one without a word.
 * @param json Text that `JSON.parse` takes: an object whose values are objects.
 */
export function repeatedKey(json: string): string | undefined {
  const seen = new Set<string>();
  let depth = 0;
  for (let at = 0; at < json.length; at++) {
    const sign = json[at];
    if (sign === "{" || sign === "[") depth++;
    else if (sign === "}" || sign === "]") depth--;
    else if (sign === '"') {
      const end = textEnd(json, at);
      const raw = json.slice(at, end);
      at = end - 1;
      if (depth !== 1) continue;
      const name = String(JSON.parse(raw));
      if (seen.has(name)) return name;
      seen.add(name);
    }
  }
  return undefined;
}
