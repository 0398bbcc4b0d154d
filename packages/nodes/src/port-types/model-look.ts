import type { PortLook } from "@insightgraph/engine/node";

/**
 * The look that all models share. Model port types have no hash: a model is identified by the node that loads it, and
 * its weights are read only when it runs.
 */
export const modelLook: { readonly look: PortLook } = { look: { role: "model", shape: "ring" } };
