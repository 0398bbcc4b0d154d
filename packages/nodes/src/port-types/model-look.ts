import type { PortLook } from "@insightgraph/engine/node";

/**
 * What all models look like. Their port types have no hash: a model is identified by the node that loads it, and its
 * content is read only when it runs.
 */
export const modelLook: { readonly look: PortLook } = { look: { role: "model", shape: "ring" } };
