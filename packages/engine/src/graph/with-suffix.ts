/** A path with a text before its ending: `out.png` with `-3` becomes `out-3.png`. */
export function withSuffix(path: string, suffix: string): string {
  const { stem, ending } = splitEnding(path);
  return stem + suffix + ending;
}

/** A path before and from the dot of its ending; a name that only begins with a dot has none. */
export function splitEnding(path: string): { readonly stem: string; readonly ending: string } {
  const [, stem = path, ending = ""] = /^(.*[^/\\])(\.[^./\\]*)$/s.exec(path) ?? [];
  return { stem, ending };
}
