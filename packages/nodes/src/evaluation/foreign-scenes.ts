import { foreignCount, openForeignScenes } from "@insightgraph/editing/foreign";
import { defineNode, param } from "@insightgraph/engine/node";
import { sceneListPorts, sceneNumbers, toSceneLists } from "./scene-lists.ts";

export const evaluationForeignScenes = defineNode({
  type: "evaluation.foreign-scenes",
  version: 1,
  title: "Foreign scenes",
  doc: "Lists of edits drawn by another program than the one that training learns from, with other objects, backgrounds and wordings; always the same.",
  inputs: {},
  params: {
    count: param.integer({
      default: foreignCount,
      min: 1,
      max: foreignCount,
      doc: "Number of edits.",
    }),
    first: param.integer({
      default: 0,
      min: 0,
      max: foreignCount - 1,
      doc: "Number of the first edit.",
    }),
  },
  outputs: sceneListPorts,
  async run(_, settings) {
    const seed = sceneNumbers(settings, { there: foreignCount, name: "foreign" });
    const scenes = await openForeignScenes();
    return toSceneLists(await Promise.all(seed.map((index) => scenes.at(index))), seed);
  },
});
