import type { NamedObject } from "@insightgraph/editing/assistants";
import { unfitArgument } from "@insightgraph/editing/errors";
import { defineNode, listOf, param } from "@insightgraph/engine/node";
import { assistant } from "../port-types/model-assistant.ts";
import { namedObject } from "../port-types/named-object.ts";
import { checkAbility, requireAbility } from "./require-ability.ts";

export const dataFilterObjects = defineNode({
  type: "data.filter-objects",
  version: 1,
  title: "Filter objects",
  doc: "Drops objects that should not be edited: scenery, parts of a body and what is worn, whole scenes, abstract words.",
  inputs: {
    model: assistant("Who decides."),
    objects: listOf(namedObject)("Objects that the caption names."),
  },
  params: { caption: param.text({ default: "", doc: "Caption of the picture." }) },
  outputs: { objects: listOf(namedObject)("Objects that may be edited.") },
  check: checkAbility("objectionTo"),
  async run({ model, objects }, { caption }, context) {
    const objectionTo = requireAbility(model, "objectionTo");
    const objections = await Promise.all(
      objects.map((object) => objectionTo(object, caption, context)),
    );
    const kept: NamedObject[] = [];
    for (const [at, object] of objects.entries()) {
      const objection = objections[at];
      if (objection === undefined) kept.push(object);
      else context.log(`"${object.name}" is left out: ${objection}.`);
    }
    if (kept.length > 0) return { objects: kept };
    const reasons = objects.map(({ name }, at) => `${name} (${objections[at]})`).join(", ");
    const what = reasons === "" ? "the list is empty." : `no object is left of ${reasons}.`;
    throw unfitArgument("objects", what, "Leave this picture out, or go on without this node.");
  },
});
