import { unfitArgument } from "@insightgraph/editing/errors";
import { decodeRunLength, parseRunLength } from "@insightgraph/editing/pictures";
import { defineNode, param } from "@insightgraph/engine/node";
import { mask } from "../port-types/mask.ts";

function parseJson(code: string): unknown {
  try {
    return JSON.parse(code);
  } catch (cause) {
    const hint = 'Give JSON such as { "size": [480, 640], "counts": "..." }.';
    throw unfitArgument("code", "the code is not JSON.", hint, cause);
  }
}

export const maskFromRunLength = defineNode({
  type: "mask.from-run-length",
  version: 1,
  title: "Mask from run lengths",
  doc: "Reads a mask from COCO's run-length code, compressed or plain.",
  inputs: {},
  params: {
    code: param.text({
      default: '{"size":[2,2],"counts":[1,2,1]}',
      doc: "JSON with the size as [height, width] and the counts as text or as a list.",
    }),
  },
  outputs: { mask: mask("Mask, 255 where it is selected.") },
  run: (_, { code }) => ({ mask: decodeRunLength(parseRunLength(parseJson(code))) }),
});
