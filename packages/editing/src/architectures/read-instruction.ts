import { ModelError } from "@insightgraph/models";
import { unfitArgument } from "../errors.ts";

/** Runs a tokenizer and reports its errors at the instruction. Throws: argument.unfit at `instruction`. */
export function readInstruction<T>(encode: () => T): T {
  try {
    return encode();
  } catch (cause) {
    if (!(cause instanceof ModelError && cause.code.startsWith("tokens."))) throw cause;
    throw unfitArgument("instruction", cause.what, cause.hint, cause);
  }
}
