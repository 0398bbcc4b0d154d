/**
 * Puts the variants that graphs/train-nano.json trained among the shipped checkpoints: `ship-nano.ts FOLDER`, the folder of
 * the training. Each becomes packages/models/weights/insightedit-nano or insightedit-nano-VARIANT. With the variant that
 * learned from simple instructions alone comes graphs/ablation-instructions.json, which ablates it.
 */

import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { modelVariants } from "../packages/editing/src/architectures/insightedit/variants.ts";
import { digestFiles } from "../packages/editing/src/checkpoints/describe-component.ts";
import { parseGraph, stringifyGraph } from "../packages/engine/src/graph.ts";
import { instructionsAblation } from "./instructions-ablation.ts";

const weights = fileURLToPath(new URL("../packages/models/weights/", import.meta.url));
const graphs = fileURLToPath(new URL("../graphs/", import.meta.url));
const componentsFile = "ablation-components.json";
const names = ["config.json", "model.safetensors"];

/** A variant's card leads to that of all of them, which people write. */
function writeCard(folder: string, name: string): void {
  const card = path.join(folder, "README.md");
  if (existsSync(card)) return;
  const text = `# ${name}

A variant of insightedit-nano for ablations; its [card](../insightedit-nano/README.md) describes all of them.

Apache-2.0. The objects in its training scenes are under MIT.
`;
  writeFileSync(card, text);
}

/** The graph that ablates the training instructions is made of the one that ablates components. */
function shipInstructions(): void {
  const components = parseGraph(
    JSON.parse(readFileSync(path.join(graphs, componentsFile), "utf8")),
  );
  const text = stringifyGraph(instructionsAblation(components));
  writeFileSync(path.join(graphs, "ablation-instructions.json"), text);
}

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
  writeCard(to, name);
  const sums = files.map((file) => `${file.sha256}  ${file.path}\n`);
  writeFileSync(path.join(to, "SHA256SUMS"), sums.join(""));
}

const [, , training] = argv;
if (training === undefined) throw new Error("usage: ship-nano.ts FOLDER");
for (const variant of modelVariants) {
  const from = path.join(training, variant, "checkpoint");
  const name = variant === "full" ? "insightedit-nano" : `insightedit-nano-${variant}`;
  if (!existsSync(from)) continue;
  ship(from, name);
  if (variant === "simple-only") shipInstructions();
}
