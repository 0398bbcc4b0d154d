import { defineNode, listOf, param } from "@insightgraph/engine/node";
import { detection } from "../port-types/detection.ts";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";
import { assistant } from "../port-types/model-assistant.ts";
import { text } from "../port-types/text.ts";
import { operationParam, replacementParam } from "./pair-params.ts";
import { checkAbility, requireAbility } from "./require-ability.ts";

export const dataRecaption = defineNode({
  type: "data.recaption",
  version: 1,
  title: "Reword instruction",
  doc: "Writes two instructions of at most 20 words that do not name the object: one that needs a look at the picture, one that needs some thought.",
  inputs: {
    source: image("Picture before the edit."),
    target: image("Picture after the edit."),
    mask: mask("Where the object is."),
    object: detection("Object that is removed, added or replaced."),
    others: listOf(detection).optional("All objects of the picture. Omitted: none are known."),
    model: assistant("Who writes."),
  },
  params: {
    instruction: param.text({ default: "", doc: "Plain instruction for the edit." }),
    operation: operationParam,
    replacement: replacementParam,
  },
  outputs: {
    understanding: text("Points at the object by colour, size, place or neighbours."),
    reasoning: text("Points at the object by what it is or does."),
  },
  check: checkAbility("recaption"),
  async run({ model, others = [], ...pair }, settings, context) {
    const { left, top, right, bottom } = pair.object.box;
    const rest = others.filter(
      ({ box }) =>
        box.left !== left || box.top !== top || box.right !== right || box.bottom !== bottom,
    );
    const facts = { ...pair, ...settings, others: rest };
    const { understanding, reasoning } = await requireAbility(model, "recaption")(facts, context);
    return { understanding, reasoning };
  },
});
