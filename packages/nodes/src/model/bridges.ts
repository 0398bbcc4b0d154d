import { defineNode } from "@insightgraph/engine/node";
import { findComponent } from "../checkpoints/find-component.ts";
import { bridges } from "../model-port-types.ts";
import { openBridges } from "./bridges-part.ts";
import { checkpointParam, opened } from "./checkpoint-param.ts";
import { fingerprintOf } from "./fingerprint.ts";

/** Source: InsightEdit (arXiv:2411.17323), section 3.2; SmartEdit (arXiv:2312.06739). */
export const bridgesModel = defineNode({
  type: "model.bridges",
  version: 1,
  title: "Bridging networks",
  doc: "A checkpoint's Q-Former and interaction module, under SmartEdit's names, and its image alignment adapter where it has one.",
  inputs: {},
  params: { checkpoint: checkpointParam("insightedit-sd15") },
  outputs: { model: bridges("Bridging networks.") },
  fingerprint: ({ checkpoint }) => fingerprintOf(checkpoint, "bridges"),
  async run(_, { checkpoint }) {
    const component = await findComponent(checkpoint, "bridges");
    return { model: await opened(() => openBridges(component)) };
  },
});
