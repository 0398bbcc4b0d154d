/** A readable id that is not taken: the wanted one, else `sample`, `sample-2`, `sample-3`. */
export function createNodeId(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  const base = wanted.replace(/-\d+$/, "");
  if (!taken.has(base)) return base;
  let count = 2;
  while (taken.has(`${base}-${count}`)) count += 1;
  return `${base}-${count}`;
}

/** The id wanted for a node of a type: `generation.sample` gives `sample`. */
export function idFromType(type: string): string {
  const last = type.split(".").at(-1) ?? "";
  const kebab = last.replace(/[^a-z0-9-]+/gi, "-").toLowerCase();
  return kebab === "" ? "node" : kebab;
}
