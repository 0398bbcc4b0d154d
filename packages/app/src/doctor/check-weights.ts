import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { type Finding, fail, ok, warn } from "./finding.ts";

/** Lists the digest of each file, as `sha256sum` writes it. */
const sumsFile = "SHA256SUMS";

async function digestOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest("hex");
}

async function checkSums(name: string, folder: string, sums: string): Promise<Finding> {
  const lines = sums.split("\n").filter((line) => line.trim() !== "");
  for (const line of lines) {
    const [wanted, file = ""] = line.split(/\s+\*?/);
    const found = await digestOf(path.join(folder, file)).catch(() => undefined);
    const hint = "fetch the files of this checkpoint again, such as by a fresh clone.";
    if (found === undefined) return fail(name, `${file} cannot be read`, hint);
    if (found !== wanted) return fail(name, `${file} is not what was shipped`, hint);
  }
  return ok(name, `${lines.length} files are what was shipped`);
}

/** Whether the checkpoints that ship are what they were when they were made. */
export async function checkWeights(root: string): Promise<Finding[]> {
  const names = await readdir(root).catch(() => []);
  if (names.length === 0) {
    return [fail("weights", `there are none in ${root}`, "fetch InsightGraph again.")];
  }
  const findings = names.sort().map(async (name) => {
    const folder = path.join(root, name);
    const sums = await readFile(path.join(folder, sumsFile), "utf8").catch(() => undefined);
    if (sums !== undefined) return checkSums(`weights ${name}`, folder, sums);
    const hint = `run sha256sum there into ${sumsFile}, if you made it yourself.`;
    return warn(`weights ${name}`, `nothing tells what its files should be`, hint);
  });
  return Promise.all(findings);
}
