import type { JsonObject } from "@insightgraph/engine/graph";
import type { Selection } from "../document/selection.ts";
import type { KeptView } from "../document/view.ts";

/** What a page finds again when it comes back to a document. */
interface Remembered {
  readonly selected: readonly string[];
  readonly view: KeptView | undefined;
}

/** As the server keeps it with the document. */
export function toViewState(view: KeptView | undefined, { nodes }: Selection): JsonObject {
  return { selected: [...nodes], ...(view === undefined ? {} : { view: { ...view } }) };
}

/** What an older page, or another client, may have kept otherwise counts as nothing. */
export function readViewState(kept: JsonObject | undefined): Remembered {
  const { selected, view } = (kept ?? {}) as { selected?: unknown; view?: unknown };
  const ids = Array.isArray(selected) ? selected.filter((id) => typeof id === "string") : [];
  return { selected: ids, view: isView(view) ? view : undefined };
}

function isView(value: unknown): value is KeptView {
  if (typeof value !== "object" || value === null) return false;
  const { x, y, zoom, width, height } = value as Partial<Record<keyof KeptView, unknown>>;
  const isWhole = [x, y, zoom, width, height].every((number) => Number.isFinite(number));
  return isWhole && (zoom as number) > 0;
}
