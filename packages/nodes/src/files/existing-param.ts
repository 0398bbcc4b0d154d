import { type Migration, param } from "@insightgraph/engine/node";

/** Param of every node that saves a file. */
export const existingParam = param.choice({
  options: ["number", "replace", "refuse"],
  default: "number",
  doc: "Where a file is already there that this graph did not write: number the new one, replace the old one, or refuse.",
});

/** Nodes from before the param went on replacing whatever was there. */
export const replacing: Migration = (node) => ({
  ...node,
  params: { ...node.params, existing: "replace" },
});
