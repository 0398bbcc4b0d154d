import { encodeRunLength, runsOf } from "@insightgraph/editing/pictures";
import { defineNode, param } from "@insightgraph/engine/node";
import { mask } from "../port-types/mask.ts";
import { text } from "../port-types/text.ts";

export const maskToRunLength = defineNode({
  type: "mask.to-run-length",
  version: 1,
  title: "Mask to run lengths",
  doc: "Writes a mask as COCO's run-length code, as JSON: its size as [height, width] and its runs down the columns.",
  inputs: { mask: mask("Mask to write; pixels from 128 on count as selected.") },
  params: {
    form: param.choice({
      options: ["compressed", "plain"],
      default: "compressed",
      doc: "Runs as COCO's compressed text, or as plain numbers.",
    }),
  },
  outputs: { code: text("Run-length code as JSON.") },
  run({ mask: selected }, { form }) {
    const code = encodeRunLength(selected);
    return {
      code: JSON.stringify(form === "plain" ? { ...code, counts: runsOf(selected) } : code),
    };
  },
});
