import { type ParseArgsConfig, parseArgs } from "node:util";
import { EngineError } from "@insightgraph/engine/errors";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** Why arguments were refused, in one sentence. */
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
    throw usageError(sentence.replace(/\.$/, ""), "add --help to see what is possible.");
  }
}

/** Reads `name=value`. Throws: `command.usage`. */
export function parsePair(option: string, text: string): readonly [string, string] {
  const at = text.indexOf("=");
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw usageError(`${option} ${text}: there is no "="`, `write ${option} name=value.`);
}

/** The one argument that a command takes. Throws: `command.usage`. */
export function onlyPositional(
  positionals: readonly string[],
  what: string,
  example: string,
): string {
  const [only, surplus] = positionals;
  if (only === undefined) {
    throw usageError(`no ${what} is given`, `write insightgraph ${example}.`);
  }
  if (surplus !== undefined) {
    throw usageError(`"${surplus}" is one argument too many`, "add --help.");
  }
  return only;
}
