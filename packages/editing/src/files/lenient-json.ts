import { jsonrepair } from "jsonrepair";

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** From the first opening bracket to the last closing one of its kind: prose and fences around it go. */
function bracketed(text: string): string | undefined {
  const start = text.search(/[{[]/);
  if (start < 0) return undefined;
  const end = text.lastIndexOf(text[start] === "{" ? "}" : "]");
  return end < start ? undefined : text.slice(start, end + 1);
}

/** The parts of a reply that may hold its JSON, the likeliest first. */
function candidates(text: string): readonly string[] {
  const reply = text.replace(/<think>[\s\S]*?<\/think>/g, "");
  const fenced = /(?:```|''')\s*(?:json5?)?\s*\n?([\s\S]*?)(?:```|''')/i.exec(reply)?.[1];
  return [fenced, reply].map((part) => bracketed(part ?? "")).filter((part) => part !== undefined);
}

/**
 * Reads JSON as models and people write it: in fences, with prose around it, with comments, single quotes or trailing commas.
 * Throws: SyntaxError where no whole object or list is found.
 */
export function parseLenientJson(text: string): unknown {
  const strict = parsed(text);
  if (strict !== undefined) return strict.value;
  for (const candidate of candidates(text)) {
    const found = parsed(candidate) ?? repaired(candidate);
    if (found !== undefined) return found.value;
  }
  throw new SyntaxError("no JSON object or list is found");
}

function repaired(text: string): { readonly value: unknown } | undefined {
  try {
    return parsed(jsonrepair(text));
  } catch {
    return undefined;
  }
}
