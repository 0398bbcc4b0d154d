import { isTest, type Sources } from "./source-files.ts";

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

/** Exports of packages that have no doc comment. */
export function documentationFaults(sources: Sources): string[] {
  return [...sources].flatMap(([file, text]) => {
    if (!/^packages\/[^/]+\/src\/.*\.tsx?$/.test(file) || isTest(file)) return [];
    return undocumentedExports(text).map((name) => `${file}: export ${name} has no doc comment`);
  });
}
