import { heldOutCount, objectSets, openSceneComposer } from "@insightgraph/editing/scenes";
import { defineNode, param } from "@insightgraph/engine/node";
import { sceneListPorts, sceneNumbers, toSceneLists } from "./scene-lists.ts";

export const evaluationHeldOutScenes = defineNode({
  type: "evaluation.held-out-scenes",
  version: 1,
  title: "Held-out scenes",
  doc: "Lists of edits that training never shows: pictures, true targets, masks and instructions, always the same.",
  inputs: {},
  params: {
    count: param.integer({
      default: heldOutCount,
      min: 1,
      max: heldOutCount,
      doc: "Number of edits.",
    }),
    first: param.integer({
      default: 0,
      min: 0,
      max: heldOutCount - 1,
      doc: "Number of the first edit.",
    }),
    objects: param.choice({
      options: objectSets,
      default: "all",
      doc: "Objects that the edits show: all hundred of training, or the ten that insightedit-nano knows.",
    }),
  },
  outputs: sceneListPorts,
  async run(_, { objects, ...settings }) {
    const seed = sceneNumbers(settings, { there: heldOutCount, name: "held-out" });
    const composer = await openSceneComposer();
    return toSceneLists(
      seed.map((index) => composer.heldOut(index, { objects })),
      seed,
    );
  },
});
