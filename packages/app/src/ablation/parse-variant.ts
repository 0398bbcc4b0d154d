import { parsePair, usageError } from "../parse-arguments.ts";

/** What a variant changes of the graph that is ablated. */
export interface Variant {
  readonly name: string;
  /** Another graph that edits. @default graphs/insightedit.json */
  readonly graph: string | undefined;
  /** Named inputs of graphs/ablate.json, or NODE.PARAM, with their values as text. */
  readonly settings: readonly (readonly [name: string, value: string])[];
}

/** Reads `NAME` or `NAME: INPUT=VALUE, INPUT=VALUE`. Throws: command.usage. */
export function parseVariant(text: string): Variant {
  const at = text.indexOf(":");
  const name = (at < 0 ? text : text.slice(0, at)).trim();
  if (name === "") {
    throw usageError(
      `--variant "${text}" has no name`,
      'Write a name first: --variant "no-iaa: imageScale=0".',
    );
  }
  const rest = at < 0 ? "" : text.slice(at + 1);
  const settings = rest
    .split(",")
    .map((setting) => setting.trim())
    .filter((setting) => setting !== "")
    .map((setting) => parsePair(`--variant ${name}:`, setting));
  const graph = settings.find(([input]) => input === "graph")?.[1];
  return { name, graph, settings: settings.filter(([input]) => input !== "graph") };
}

/** Reads all variants of a command. Throws: command.usage for fewer than two, or two of one name. */
export function parseVariants(texts: readonly string[]): readonly Variant[] {
  const variants = texts.map(parseVariant);
  if (variants.length < 2) {
    throw usageError(
      `${variants.length === 0 ? "no variant is" : "one variant alone is"} given`,
      'Write at least two, the baseline first: --variant full --variant "no-iaa: imageScale=0".',
    );
  }
  const names = variants.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice === undefined) return variants;
  throw usageError(`two variants are called "${twice}"`, "Give each a name of its own.");
}
