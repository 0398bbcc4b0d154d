import { EditingError } from "@insightgraph/editing/errors";
import { EngineError } from "@insightgraph/engine/errors";

/** What went wrong with a data set or an item of it, in the engine's form. */
export function toDatasetFault(thrown: unknown): unknown {
  if (!(thrown instanceof EditingError)) return thrown;
  const { what, hint } = thrown;
  return new EngineError("file.unreadable", what, { hint, cause: thrown });
}
