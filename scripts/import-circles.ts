/** Files by path -> paths of the files that each one imports. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** Circles of imports, one of each group of files that reach each other; each begins and ends with one file. */
export function importCircles(imports: ImportGraph): string[][] {
  const circles: string[][] = [];
  const done = new Set<string>();
  const trail: string[] = [];
  const visit = (file: string): void => {
    if (done.has(file)) return;
    const start = trail.indexOf(file);
    if (start >= 0) {
      circles.push([...trail.slice(start), file]);
      return;
    }
    trail.push(file);
    for (const target of imports.get(file) ?? []) visit(target);
    trail.pop();
    done.add(file);
  };
  for (const file of imports.keys()) visit(file);
  return circles;
}
