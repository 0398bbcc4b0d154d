import { pairOperations } from "@insightgraph/editing/assistants";
import { param } from "@insightgraph/engine/node";

/** What an edit does, as a param that links may set. */
export const operationParam = param.choice({
  options: pairOperations,
  default: "remove",
  doc: "What the edit does with the object.",
});

/** What comes instead, as a param that links may set. */
export const replacementParam = param.text({
  default: "",
  doc: "What comes in its place; empty where nothing is replaced.",
});
