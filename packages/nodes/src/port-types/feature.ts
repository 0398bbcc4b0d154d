import { definePort, type TensorValue } from "@insightgraph/engine/node";
import { tensorPort } from "./tensor-port.ts";

/** Features on a grid or along patches: vision tokens, v_t. */
export const feature = definePort<TensorValue>("feature", {
  ...tensorPort,
  look: { role: "feature", shape: "triangle" },
});
