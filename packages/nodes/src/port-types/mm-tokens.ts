import { definePort, type TensorValue } from "@insightgraph/engine/node";
import { tensorPort } from "./tensor-port.ts";

/** Hidden states at the [MM] positions, [1, r, d]. */
export const mmTokens = definePort<TensorValue>("mm-tokens", {
  ...tensorPort,
  look: { role: "mm-tokens", shape: "diamond" },
  shape: ["r", "d"],
});
