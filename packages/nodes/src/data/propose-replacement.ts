import { defineNode } from "@insightgraph/engine/node";
import { detection } from "../port-types/detection.ts";
import { image } from "../port-types/image.ts";
import { assistant } from "../port-types/model-assistant.ts";
import { text } from "../port-types/text.ts";
import { checkAbility, requireAbility } from "./require-ability.ts";

export const dataProposeReplacement = defineNode({
  type: "data.propose-replacement",
  version: 1,
  title: "Propose replacement",
  doc: "Names what could stand in an object's place.",
  inputs: {
    image: image("Picture that shows the object."),
    object: detection("Object to replace."),
    model: assistant("Who proposes."),
  },
  params: {},
  outputs: {
    name: text("What could stand there, in a few words."),
    description: text("How it would look there."),
  },
  check: checkAbility("proposeReplacement"),
  async run({ image: picture, object, model }, _, context) {
    const propose = requireAbility(model, "proposeReplacement");
    const { name, description } = await propose(picture, object, context);
    return { name, description };
  },
});
