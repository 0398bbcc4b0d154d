import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { type Finding, fail, ok, warn } from "./finding.ts";

/** Lists the digest of each file, in the format of `sha256sum`. */
const sumsFile = "SHA256SUMS";

async function digestOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest("hex");
}

async function checkSums(name: string, folder: string, sums: string): Promise<Finding> {
  const lines = sums.split("\n").filter((line) => line.trim() !== "");
  for (const line of lines) {
    const [expected, file = ""] = line.split(/\s+\*?/);
    const found = await digestOf(path.join(folder, file)).catch(() => undefined);
    const hint = "Download this checkpoint again, for example with a fresh clone.";
    if (found === undefined) return fail(name, `${file} cannot be read`, hint);
    if (found !== expected) return fail(name, `${file} is not the shipped file`, hint);
  }
  return ok(name, `${lines.length} files match`);
}

/** Whether the files of the checkpoints that ship are unchanged. */
export async function checkWeights(root: string): Promise<Finding[]> {
  const names = await readdir(root).catch(() => []);
  if (names.length === 0) {
    return [fail("weights", `there are none in ${root}`, "Download InsightGraph again.")];
  }
  const findings = names.sort().map(async (name) => {
    const folder = path.join(root, name);
    const sums = await readFile(path.join(folder, sumsFile), "utf8").catch(() => undefined);
    if (sums !== undefined) return checkSums(`weights ${name}`, folder, sums);
    const hint = `If it is your own, run sha256sum there and save the output as ${sumsFile}.`;
    return warn(`weights ${name}`, `it has no ${sumsFile} to compare with`, hint);
  });
  return Promise.all(findings);
}
