import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { streamImages } from "./images.ts";

test("reads a picture only when it is taken", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "stream-"));
  const create = { width: 1, height: 1, channels: 3, background: "#ff0000" } as const;
  for (const name of ["1.png", "2.png"]) await sharp({ create }).toFile(path.join(folder, name));
  const { images } = await streamImages.run(
    {},
    { folder, colour: "#ffffff", broken: "stop" },
    plainRun,
  );
  const items = images[Symbol.asyncIterator]();
  expect((await items.next()).value).toMatchObject({ width: 1, height: 1 });
  await rm(folder, { recursive: true });
  await expect(items.next()).rejects.toMatchObject({ argument: "folder" });
});
