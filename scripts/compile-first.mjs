// Tests start the built command, as people do: what they start is never older than the sources.
import { compile } from "./set-up.mjs";

export function setup() {
  if (!compile()) throw new Error("the sources do not compile");
}
