import type { Sources } from "./house-rules.ts";

/** The ids of a SPEC's rules: list items that begin with `**C4**`. */
function ruleIds(spec: string): string[] {
  return [...spec.matchAll(/^- \*\*([A-Z]{1,2}\d+)\*\* /gm)].map((match) => match[1] ?? "");
}

/** The ids that test names begin with: `test("[C4] ...")`. */
function citedIds(test: string): string[] {
  const heads = [...test.matchAll(/["'`]((?:\[[A-Z]{1,2}\d+\] ?)+)/g)].map(
    (match) => match[1] ?? "",
  );
  return heads.flatMap((head) => head.match(/[A-Z]{1,2}\d+/g) ?? []);
}

/** Rules of a SPEC.md without a test, and ids in test names without a rule; ids are unique in the project. */
export function specFaults(sources: Sources): string[] {
  const rules = new Map<string, string>();
  const cited = new Map<string, string>();
  const faults: string[] = [];
  for (const [file, text] of sources) {
    if (/^packages\/[^/]+\/SPEC\.md$/.test(file)) {
      for (const id of ruleIds(text)) {
        const other = rules.get(id);
        if (other !== undefined) faults.push(`${file}: rule ${id} stands in ${other} as well`);
        rules.set(id, file);
      }
    }
    if (!/^(packages|test)\/.*\.(test|test-d|contract)\.tsx?$/.test(file)) continue;
    for (const id of citedIds(text)) cited.set(id, file);
  }
  for (const [id, file] of rules) {
    if (!cited.has(id)) faults.push(`${file}: no test cites rule ${id}`);
  }
  for (const [id, file] of cited) {
    if (!rules.has(id)) faults.push(`${file}: cites ${id}, which no SPEC.md has`);
  }
  return faults;
}
