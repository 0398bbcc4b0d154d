import { unfitArgument } from "@insightgraph/editing/errors";
import { defineNode, listOf, param } from "@insightgraph/engine/node";
import { assistant } from "../port-types/model-assistant.ts";
import { namedObject } from "../port-types/named-object.ts";
import { checkAbility, requireAbility } from "./require-ability.ts";

export const dataExtractObjects = defineNode({
  type: "data.extract-objects",
  version: 1,
  title: "Extract objects",
  doc: "Lists the objects of a caption that an edit could remove or replace.",
  inputs: { model: assistant("Who reads the caption.") },
  params: {
    caption: param.text({ default: "A photograph of a cup and a spoon.", doc: "Caption to read." }),
  },
  outputs: { objects: listOf(namedObject)("Objects that the caption names.") },
  check: checkAbility("extractObjects"),
  async run({ model }, { caption }, context) {
    const objects = await requireAbility(model, "extractObjects")(caption, context);
    if (objects.length > 0) return { objects };
    const short = caption.slice(0, 120);
    const hint = "Leave this picture out, or caption it with another model.";
    throw unfitArgument("caption", `no object is found in the caption "${short}".`, hint);
  },
});
