import { listOf } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";
import { text } from "../port-types/text.ts";

/** Edits as lists of equal length, in the same order. */
export const editPorts = {
  source: listOf(image)("Pictures before the edit."),
  target: listOf(image)("What the edits should give, sized as the sources."),
  mask: listOf(mask)("Where source and target differ, sized as the sources."),
  result: listOf(image)("What the edits gave; resized to the sources where sizes differ."),
  operation: listOf(text)("What each edit does, such as remove."),
  kind: listOf(text)("What kind of instruction asked for it, such as reasoning."),
};
