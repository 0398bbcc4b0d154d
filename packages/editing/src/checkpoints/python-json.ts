/** A string, or one of the literals that Python writes for numbers that JSON lacks. */
const tokenPattern = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g;

/** Parses JSON as Python writes it: infinities are kept, `NaN` becomes null. Throws: SyntaxError */
export function parsePythonJson(text: string): unknown {
  return JSON.parse(
    text.replace(tokenPattern, (token) => {
      if (token === "NaN") return "null";
      // Overflows a double, so it parses as infinite.
      return token.startsWith('"') ? token : token.replace("Infinity", "1e999");
    }),
  );
}

/** Whether a value is a plain object; arrays are not. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
