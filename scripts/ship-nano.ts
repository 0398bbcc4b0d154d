/**
 * Puts the variants that graphs/train-nano.json trained among the shipped checkpoints: `ship-nano.ts FOLDER`, the folder of
 * the training. Each becomes packages/models/weights/insightedit-nano or insightedit-nano-VARIANT; what training froze is
 * stored once, with the full variant. With the variant that learned from simple instructions alone comes
 * graphs/ablation-instructions.json, which ablates it.
 */

import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { modelVariants } from "../packages/editing/src/architectures/insightedit/variants.ts";
import { digestFiles } from "../packages/editing/src/checkpoints/describe-component.ts";
import type { ManifestFile } from "../packages/editing/src/checkpoints/manifest.ts";
import { parseGraph, stringifyGraph } from "../packages/engine/src/graph.ts";
import { encodeSafetensors, openSafetensors } from "../packages/models/src/index.ts";
import { instructionsAblation } from "./instructions-ablation.ts";

const weights = fileURLToPath(new URL("../packages/models/weights/", import.meta.url));
const graphs = fileURLToPath(new URL("../graphs/", import.meta.url));
const componentsFile = "ablation-components.json";
const weightsFile = "model.safetensors";
/** What training froze: the vision-language model and the autoencoder. */
const frozenFile = "frozen.safetensors";
const holder = "insightedit-nano";

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

function writeManifest(folder: string, name: string, files: readonly ManifestFile[]): void {
  const own = files.filter(({ from }) => from === undefined);
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
        bytes: own.reduce((sum, { bytes }) => sum + bytes, 0),
        digest: digestFiles(files, ""),
        config: "config.json",
        files,
      },
    },
  };
  writeFileSync(path.join(folder, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

function listed(folder: string, file: string): ManifestFile {
  const content = readFileSync(path.join(folder, file));
  const sha256 = createHash("sha256").update(content).digest("hex");
  return { path: file, bytes: content.length, sha256 };
}

/** The shared file as a variant lists it, if the variant has the same frozen tensors. */
function sharedBy(frozen: Uint8Array): ManifestFile | undefined {
  const folder = path.join(weights, holder);
  const isSame = readFileSync(path.join(folder, frozenFile)).equals(frozen);
  return isSame ? { ...listed(folder, frozenFile), from: holder } : undefined;
}

/** Writes a variant's files. @returns those that its manifest lists */
function writeFiles(from: string, to: string, name: string): readonly ManifestFile[] {
  copyFileSync(path.join(from, "config.json"), path.join(to, "config.json"));
  const tensors = openSafetensors(path.join(from, weightsFile));
  const [frozen, rest] = [true, false].map((isFrozen) => {
    const own = [...tensors].filter(([key]) => /^(mllm|vae)\./.test(key) === isFrozen);
    return encodeSafetensors(new Map(own), { format: "pt" });
  });
  if (frozen === undefined || rest === undefined) throw new Error("there is nothing to split");
  if (name === holder) writeFileSync(path.join(to, frozenFile), frozen);
  const shared = sharedBy(frozen);
  if (shared === undefined) copyFileSync(path.join(from, weightsFile), path.join(to, weightsFile));
  else writeFileSync(path.join(to, weightsFile), rest);
  const own = ["config.json", weightsFile].map((file) => listed(to, file));
  if (shared === undefined) return own;
  return [...own, name === holder ? listed(to, frozenFile) : shared];
}

function ship(from: string, name: string): void {
  const to = path.join(weights, name);
  mkdirSync(to, { recursive: true });
  const files = writeFiles(from, to, name);
  writeManifest(to, name, files);
  writeCard(to, name);
  const own = files.filter((file) => file.from === undefined);
  const sums = own.map((file) => `${file.sha256}  ${file.path}\n`);
  writeFileSync(path.join(to, "SHA256SUMS"), sums.join(""));
}

const [, , training] = argv;
if (training === undefined) throw new Error("usage: ship-nano.ts FOLDER");
for (const variant of modelVariants) {
  const from = path.join(training, variant, "checkpoint");
  const name = variant === "full" ? holder : `${holder}-${variant}`;
  if (!existsSync(from)) continue;
  ship(from, name);
  if (variant === "simple-only") shipInstructions();
}
