import type { Sources } from "./house-rules.ts";

/** Exports without a doc comment that a package may still have; other packages may have none. */
const undocumentedAllowed: Readonly<Record<string, number>> = {
  app: 44,
  editing: 89,
  "editor-ui": 76,
  models: 134,
  nodes: 10,
};

function isTestSupport(file: string): boolean {
  return /\.(test|test-d|contract|fixture)\.tsx?$/.test(file);
}

/** Exported declarations of a file that have no doc comment; node definitions carry their own `doc`. */
function undocumentedExports(text: string): string[] {
  const declaration =
    /^export (?:abstract |async |declare )*(?:function\*?|const|let|class|interface|type) (\w+)(.*)$/;
  const lines = text.split("\n");
  return lines.flatMap((line, at) => {
    const [, name, rest = ""] = declaration.exec(line) ?? [];
    if (name === undefined || /= define(Node|Route)\(/.test(rest)) return [];
    return lines[at - 1]?.trimEnd().endsWith("*/") ? [] : [name];
  });
}

/** Packages with more undocumented exports than they may have. */
export function documentationFaults(sources: Sources): string[] {
  const found = new Map<string, string[]>();
  for (const [file, text] of sources) {
    const [, name] = /^packages\/([^/]+)\/src\/.*\.tsx?$/.exec(file) ?? [];
    if (name === undefined || isTestSupport(file)) continue;
    const places = undocumentedExports(text).map((exported) => `${file}: ${exported}`);
    found.set(name, [...(found.get(name) ?? []), ...places]);
  }
  return [...found].flatMap(([name, places]) => {
    const allowed = undocumentedAllowed[name] ?? 0;
    if (places.length <= allowed) return [];
    const count = `${places.length} exports without a doc comment, ${allowed} allowed`;
    return [`packages/${name}: ${count}: ${places.join(", ")}`];
  });
}
