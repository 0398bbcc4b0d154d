import { expect, test } from "vitest";
import { joinPictures, splitPictures } from "./preview-frames.ts";

test("pictures travel apart, those of a list too, and come back as they were", () => {
  const picture = (base64: string) => ({ mime: "image/webp", base64 });
  const message = {
    type: "node-finished",
    runId: "r1",
    nodeId: "many",
    cached: false,
    ms: 1,
    digests: {},
    previews: {
      list: {
        kind: "image",
        ...picture("AA=="),
        others: [picture("AQ=="), picture("Ag==")],
        total: 9,
      },
      one: { kind: "image", ...picture("Aw==") },
      text: { kind: "text", text: "t" },
    },
  } as const;
  const sent: string[] = [];
  const split = splitPictures(message, ({ base64 }) => sent.push(base64));
  expect(sent).toEqual(["AA==", "AQ==", "Ag==", "Aw=="]);
  expect(JSON.stringify(split)).not.toContain("==");
  expect(joinPictures(split, (frame) => sent[frame - 1])).toEqual(message);
});
