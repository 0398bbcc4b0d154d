import { access } from "node:fs/promises";
import { firstFileBelow } from "@insightgraph/editing/datasets";
import { usageError } from "../parse-arguments.ts";

/** Whether something lies at a path. */
export function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** A data set is never written among other files: it could not tell its own from them. Throws: `command.usage`. */
export async function requireEmpty(sink: string): Promise<void> {
  if (!(await isThere(sink))) return;
  const file = await firstFileBelow(sink);
  if (file === undefined) return;
  throw usageError(`"${sink}" holds other files, such as "${file}"`, "Choose another --sink.");
}
