import { openPart, partFingerprint } from "@insightgraph/editing/architectures";
import { defineNode } from "@insightgraph/engine/node";
import { bridges } from "../port-types/model-bridges.ts";
import { blameParam, checkpointParam } from "./checkpoint-param.ts";

/** Source: InsightEdit (arXiv:2411.17323), section 3.2; SmartEdit (arXiv:2312.06739). */
export const modelBridges = defineNode({
  type: "model.bridges",
  version: 1,
  title: "Bridging networks",
  doc: "Loads the Q-Former, the bidirectional interaction module and, if present, the image alignment adapter of a checkpoint.",
  inputs: {},
  params: { checkpoint: checkpointParam("insightedit-sd15") },
  outputs: { model: bridges("Bridging networks.") },
  fingerprint: ({ checkpoint }) =>
    blameParam("checkpoint", () => partFingerprint(checkpoint, "bridges")),
  run: async (_, { checkpoint }) => ({
    model: await blameParam("checkpoint", () => openPart(checkpoint, "bridges")),
  }),
});
