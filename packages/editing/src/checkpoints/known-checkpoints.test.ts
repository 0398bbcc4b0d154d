import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { findComponent } from "./find-component.ts";
import { addCommand, howToAdd, knownCheckpoints } from "./known-checkpoints.ts";

test("a known checkpoint that is not there is offered with its licence and size", async () => {
  await expect(findComponent("slimsam-77-uniform", "model")).rejects.toMatchObject({
    code: "checkpoint.unknown",
    hint: "Add it (apache-2.0, about 40 MB): insightgraph models add hf:Xenova/slimsam-77-uniform --as slimsam-77-uniform",
  });
  await expect(findComponent("slimsam", "model")).rejects.toMatchObject({
    hint: expect.stringMatching(/models add hf:OWNER\/NAME$/),
  });
  expect(howToAdd("smolvlm-256m-instruct")).toContain("about 1.03 GB");
});

test("the page on models lists each with the command that adds it", async () => {
  const page = await readFile(new URL("../../../../docs/models.md", import.meta.url), "utf8");
  for (const known of knownCheckpoints) {
    const command = addCommand(known).replace("insightgraph models add ", "");
    expect(page).toContain(
      `| \`${command}\` | ${known.use} | ${known.licence} | ${known.megabytes} MB |`,
    );
  }
});
