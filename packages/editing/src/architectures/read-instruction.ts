import { ModelError } from "@insightgraph/models";
import { unfitArgument } from "../errors.ts";

/** Runs a tokenizer; what it refuses is the instruction's fault. Throws: argument.unfit at `instruction`. */
export function readInstruction<T>(encode: () => T): T {
  try {
    return encode();
  } catch (cause) {
    if (!(cause instanceof ModelError && cause.code.startsWith("tokens."))) throw cause;
    throw unfitArgument("instruction", cause.what, cause.hint, cause);
  }
}
