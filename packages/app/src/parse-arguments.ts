import { type ParseArgsConfig, parseArgs } from "node:util";
import { EngineError } from "@insightgraph/engine/errors";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** The error for invalid arguments. */
export function usageError(what: string, hint: string): EngineError {
  return new EngineError("command.usage", what, { hint });
}

type Parsed<O extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; options: O; allowPositionals: true }>
>;

/** Reads a command's arguments. Throws: `command.usage`. */
export function parseArguments<const O extends Options>(
  args: readonly string[],
  options: O,
): Parsed<O> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    const [sentence = message] = message.split(/\.\s|\n/);
    throw usageError(sentence.replace(/\.$/, ""), "Run it with --help to see all options.");
  }
}

/** Reads `name=value`. Throws: `command.usage`. */
export function parsePair(option: string, text: string): readonly [string, string] {
  const at = text.indexOf("=");
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw usageError(`${option} ${text} has no "="`, `Write ${option} name=value.`);
}

/** The only positional argument of a command. Throws: `command.usage`. */
export function onlyPositional(
  positionals: readonly string[],
  what: string,
  example: string,
): string {
  const [only, surplus] = positionals;
  if (only === undefined) {
    throw usageError(`no ${what} is given`, `Write insightgraph ${example}.`);
  }
  if (surplus !== undefined) {
    throw usageError(`"${surplus}" is one argument too many`, "Run it with --help.");
  }
  return only;
}
