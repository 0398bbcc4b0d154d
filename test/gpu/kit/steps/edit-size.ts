// (e) Two InstructPix2Pix edits in a row with the written checkpoint, the second on open and warm networks, and how much
// of it is spent outside them. Arguments: device, precision, checkpoint folder, longer side in pixels, steps.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type GraphDocument, parseGraph } from "../../../../packages/engine/src/graph.ts";
import { graphsFolder, runCommand } from "./command.ts";
import { printRow } from "./row.ts";

const [device = "cpu", precision = "float32", folder = "", side = "64", steps = "2"] =
  process.argv.slice(2);

/** The graph of `insightgraph edit --model`, its edit edited once more. */
function twoEdits(): GraphDocument {
  const graph = parseGraph(readFileSync(path.join(graphsFolder, "instruct-pix2pix.json"), "utf8"));
  const { save: _, compare: __, ...nodes } = graph.nodes;
  const { source, checkpoint, encode, sample, decode } = nodes;
  if (!source || !checkpoint || !encode || !sample || !decode) {
    throw new Error("graphs/instruct-pix2pix.json has other nodes than it had");
  }
  const text = `dir:${path.resolve(folder)}`;
  const picture = path.join(graphsFolder, "samples/rabbit-teddy-apple.png");
  const encoder = { ...encode, params: { longerSide: Number(side) } };
  const sampler = { ...sample, params: { ...sample.params, steps: Number(steps) } };
  const image = { node: "decode", output: "image" };
  return {
    format: graph.format,
    version: graph.version,
    nodes: {
      ...nodes,
      source: { ...source, params: { path: picture } },
      checkpoint: { ...checkpoint, params: { text } },
      encode: encoder,
      sample: sampler,
      "encode-again": { ...encoder, inputs: { ...encode.inputs, image } },
      "sample-again": {
        ...sampler,
        inputs: { ...sample.inputs, source: { node: "encode-again", output: "latent" } },
      },
      "decode-again": {
        ...decode,
        inputs: {
          ...decode.inputs,
          latent: { node: "sample-again", output: "latent" },
          source: image,
        },
      },
    },
    outputs: { picture: { node: "decode-again", output: "image" } },
  };
}

/** Milliseconds of each node. */
function timesOf(lines: string): ReadonlyMap<string, number> {
  const events = lines
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { type: string; nodeId?: string; ms?: number });
  return new Map(
    events.flatMap(({ type, nodeId = "", ms = 0 }) =>
      type === "node-finished" ? [[nodeId, ms] as const] : [],
    ),
  );
}

/** What `time-network` measured. */
function networkMs(name: string): number {
  return JSON.parse(readFileSync(path.join(folder, `${name}-${precision}.json`), "utf8")).ms;
}

const file = path.join(folder, "two-edits.json");
writeFileSync(file, JSON.stringify(twoEdits()));
const options = ["--device", device, "--precision", precision, "--no-cache", "--json"];
const lines = runCommand(["run", file, ...options, "--out", path.join(folder, "edited")]);
const times = timesOf(lines);
const sum = (...nodes: readonly string[]): number =>
  nodes.reduce((total, node) => total + (times.get(node) ?? Number.NaN), 0);
const title = `edit of ${side} x ${side}, ${steps} steps, ${precision}`;
const warm = sum("encode-again", "sample-again", "decode-again");
printRow({ name: `${title}: first`, value: sum("encode", "sample", "decode"), unit: "ms" });
printRow({ name: `${title}: second`, value: warm, unit: "ms" });
for (const node of ["encode", "sample", "decode"]) {
  printRow({ name: `${title}: second, ${node}`, value: sum(`${node}-again`), unit: "ms" });
}
const inside =
  Number(steps) * networkMs("unet") + networkMs("vae-encoder") + networkMs("vae-decoder");
printRow({ name: `${title}: outside the networks`, value: 100 * (1 - inside / warm), unit: "%" });
