import {
  openSceneComposer,
  type PlacedObject,
  type Scene,
  sceneObjects,
  sceneOperations,
} from "@insightgraph/editing/scenes";
import { defineNode, listOf, param } from "@insightgraph/engine/node";
import { detection } from "../port-types/detection.ts";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";
import { text } from "../port-types/text.ts";

const any = "any";

function detectionOf({ name, box: { left, top, width, height } }: PlacedObject) {
  return { label: name, score: 1, box: { left, top, right: left + width, bottom: top + height } };
}

/** The object that the edit changes, where it is. */
function editedObject({ gone, come, objects, targetObjects }: Scene): PlacedObject {
  const edited =
    objects.find(({ index }) => index === gone) ??
    targetObjects.find(({ index }) => index === come);
  if (edited === undefined) throw new RangeError("the scene shows no edit");
  return edited;
}

export const dataComposeScene = defineNode({
  type: "data.compose-scene",
  version: 1,
  title: "Compose scene",
  doc: "Composes a training example of 128 x 128 pixels: objects on a background, an edit of one of them, and the instruction for it. The target is exact.",
  inputs: {},
  params: {
    seed: param.seed({
      default: 1,
      doc: "Scene number. The same seed always gives the same scene.",
    }),
    split: param.choice({
      options: ["train", "evaluation"],
      default: "train",
      doc: "Data split. Evaluation uses backgrounds, angles, object pairs, wordings and some objects that training never shows.",
    }),
    operation: param.choice({
      options: [any, ...sceneOperations],
      default: any,
      doc: "Kind of edit.",
    }),
    kind: param.choice({
      options: [any, "simple", "reasoning"],
      default: any,
      doc: "Simple instructions name the object. Reasoning instructions describe its properties, place or size.",
    }),
    varied: param.boolean({
      default: false,
      doc: "On: drawn as other makers might, with other styles of objects, strong colours, textures and looser wordings.",
    }),
  },
  outputs: {
    source: image("Picture before the edit."),
    target: image("Picture after the edit."),
    background: image("Background without objects."),
    mask: mask("Where source and target differ."),
    instruction: text("Instruction for the edit."),
    caption: text("Caption of the source."),
    targetCaption: text("Caption of the target."),
    objects: listOf(detection)("Objects of the source, exactly."),
    object: detection("Object that is removed, added, replaced or recoloured."),
    operation: text("What the edit does: remove, add, replace or recolor."),
    replacement: text("Name of what replaces the object; empty for other edits."),
  },
  async run(_, { seed, split, operation, kind, varied }) {
    const scene = (await openSceneComposer(varied ? 1 : 0)).compose(seed, split, {
      ...(operation !== any && { operations: [operation] }),
      ...(kind !== any && { kinds: [kind] }),
    });
    const { source, target, background, instruction, caption, targetCaption, size } = scene;
    const changed = { width: size, height: size, data: scene.mask.map((value) => value * 255) };
    const replaces = scene.operation === "replace";
    return {
      ...{ source, target, background, mask: changed, instruction, caption, targetCaption },
      objects: scene.objects.map(detectionOf),
      object: detectionOf(editedObject(scene)),
      operation: scene.operation,
      replacement: replaces ? (sceneObjects[scene.come]?.name ?? "") : "",
    };
  },
});
