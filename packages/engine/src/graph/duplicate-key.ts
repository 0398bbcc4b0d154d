/** The index after the closing quote of a string. */
function endOfText(json: string, start: number): number {
  let at = start + 1;
  while (json.charCodeAt(at) !== 0x22) at += json.charCodeAt(at) === 0x5c ? 2 : 1;
  return at + 1;
}

interface Level {
  /** The names seen in an object; undefined in a list. */
  readonly names: Set<string> | undefined;
  readonly path: string;
  /** The name whose value is being read. */
  name: string;
}

/**
 * The path of the first name that an object of a JSON text has twice; `JSON.parse` would silently
 * keep the last one.
 * @param json Valid JSON.
 */
export function duplicateKey(json: string): string | undefined {
  const levels: Level[] = [];
  let isName = false;
  for (let at = 0; at < json.length; ) {
    const character = json[at];
    const level = levels.at(-1);
    if (character === '"') {
      const end = endOfText(json, at);
      if (isName && level?.names !== undefined) {
        const raw = json.slice(at, end);
        const name = raw.includes("\\") ? (JSON.parse(raw) as string) : raw.slice(1, -1);
        const path = level.path === "" ? name : `${level.path}.${name}`;
        if (level.names.has(name)) return path;
        level.names.add(name);
        level.name = path;
        isName = false;
      }
      at = end;
      continue;
    }
    if (character === "{" || character === "[") {
      const names = character === "{" ? new Set<string>() : undefined;
      levels.push({ names, path: level?.name ?? "", name: level?.name ?? "" });
      isName = character === "{";
    } else if (character === "}" || character === "]") {
      levels.pop();
      isName = false;
    } else if (character === ",") isName = level?.names !== undefined;
    at++;
  }
  return undefined;
}
