import { format, parse } from "node:path";
import type { RunContext } from "@insightgraph/engine/node";

/** Where a node writes the item that it is run for: `out.png`, or `out-3.png` of a list. */
export function pathForItem(path: string, item: RunContext["item"]): string {
  if (item === undefined) return path;
  const { dir, root, name, ext } = parse(path);
  return format({ dir, root, name: `${name}-${item.label}`, ext });
}
