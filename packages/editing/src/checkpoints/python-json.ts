/** A text, or one of the bare words that Python writes for numbers which JSON lacks. */
const tokenPattern = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g;

/** Reads JSON as Python writes it: infinities stay, `NaN` becomes null. Throws: SyntaxError */
export function parsePythonJson(text: string): unknown {
  return JSON.parse(
    text.replace(tokenPattern, (token) => {
      if (token === "NaN") return "null";
      // Too large for a double, so that it is read as infinite.
      return token.startsWith('"') ? token : token.replace("Infinity", "1e999");
    }),
  );
}

/** Whether a value is a plain object; arrays are not. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
