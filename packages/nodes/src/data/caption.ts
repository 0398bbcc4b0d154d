import { defineNode } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { assistant } from "../port-types/model-assistant.ts";
import { text } from "../port-types/text.ts";
import { checkAbility, requireAbility } from "./require-ability.ts";

export const dataCaption = defineNode({
  type: "data.caption",
  version: 1,
  title: "Caption picture",
  doc: "Describes a picture in words.",
  inputs: { image: image("Picture to describe."), model: assistant("Who describes it.") },
  params: {},
  outputs: { caption: text("What the picture shows.") },
  check: checkAbility("caption"),
  run: async ({ image: picture, model }, _, context) => ({
    caption: await requireAbility(model, "caption")(picture, context),
  }),
});
