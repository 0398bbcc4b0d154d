/**
 * Puts the variants that graphs/train-nano.json trained among the shipped checkpoints: `ship-nano.ts FOLDER`, the folder of
 * the training. Each becomes packages/models/weights/insightedit-nano or insightedit-nano-VARIANT.
 */

import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { modelVariants } from "../packages/editing/src/architectures/insightedit/variants.ts";
import { digestFiles } from "../packages/editing/src/checkpoints/describe-component.ts";

const weights = fileURLToPath(new URL("../packages/models/weights/", import.meta.url));
const names = ["config.json", "model.safetensors"];

function ship(from: string, name: string): void {
  const to = path.join(weights, name);
  mkdirSync(to, { recursive: true });
  const files = names.map((file) => {
    const content = readFileSync(path.join(from, file));
    copyFileSync(path.join(from, file), path.join(to, file));
    const sha256 = createHash("sha256").update(content).digest("hex");
    return { path: file, bytes: content.length, sha256 };
  });
  const manifest = {
    format: "insightgraph-checkpoint",
    version: 1,
    name,
    source: "shipped with InsightGraph",
    licence: "apache-2.0",
    components: {
      model: {
        architecture: "InsightEdit",
        dtype: "float16",
        bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
        digest: digestFiles(files, ""),
        config: "config.json",
        files,
      },
    },
  };
  writeFileSync(path.join(to, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  const sums = files.map((file) => `${file.sha256}  ${file.path}\n`);
  writeFileSync(path.join(to, "SHA256SUMS"), sums.join(""));
}

const [, , training] = argv;
if (training === undefined) throw new Error("usage: ship-nano.ts FOLDER");
for (const variant of modelVariants) {
  const from = path.join(training, variant, "checkpoint");
  const name = variant === "full" ? "insightedit-nano" : `insightedit-nano-${variant}`;
  if (existsSync(from)) ship(from, name);
}
