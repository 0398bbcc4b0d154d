import type { Sources } from "./source-files.ts";

/** The ids of a SPEC's rules: list items that begin with `**C4**`. */
function ruleIds(spec: string): string[] {
  return [...spec.matchAll(/^- \*\*([A-Z]{1,2}\d+)\*\* /gm)].map((match) => match[1] ?? "");
}

/** The ids that test names begin with: `test("[C4] ...")`. */
function citedIds(test: string): string[] {
  const heads = [...test.matchAll(/["'`]((?:\[[A-Z]{1,2}\d+\] ?)+)/g)];
  return heads.flatMap(([, head = ""]) => head.match(/[A-Z]{1,2}\d+/g) ?? []);
}

/** Rules of a package's SPEC.md against the ids that its tests, and those across packages, cite. */
function packageFaults(folder: string, spec: string, sources: Sources): string[] {
  const rules = ruleIds(spec);
  if (rules.length === 0) return [];
  const known = new Set(rules);
  const cited = new Set<string>();
  const faults = rules
    .filter((id, at) => rules.indexOf(id) !== at)
    .map((id) => `${folder}/SPEC.md: two rules have the id ${id}`);
  for (const [file, text] of sources) {
    if (!/\.(test|test-d|contract)\.tsx?$/.test(file)) continue;
    const isOwn = file.startsWith(`${folder}/`);
    if (!isOwn && !file.startsWith("test/")) continue;
    for (const id of citedIds(text)) {
      cited.add(id);
      if (isOwn && !known.has(id)) faults.push(`${file}: cites ${id}, which SPEC.md lacks`);
    }
  }
  const untested = rules.filter((id) => !cited.has(id));
  return [...faults, ...untested.map((id) => `${folder}/SPEC.md: no test cites rule ${id}`)];
}

/** Rules without a test, and ids in test names without a rule, for each SPEC.md whose rules have ids. */
export function specFaults(sources: Sources): string[] {
  return [...sources].flatMap(([file, text]) => {
    const [, folder] = /^(packages\/[^/]+)\/SPEC\.md$/.exec(file) ?? [];
    return folder === undefined ? [] : packageFaults(folder, text, sources);
  });
}
