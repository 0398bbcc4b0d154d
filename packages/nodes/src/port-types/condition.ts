import { definePort, type TensorValue } from "@insightgraph/engine/node";
import { tensorPort } from "./tensor-port.ts";

/** Text conditioning f_txt of the denoising network, [1, S, E]. */
export const condition = definePort<TensorValue>("condition", {
  ...tensorPort,
  look: { role: "condition", shape: "circle" },
  shape: ["s", "e"],
});
