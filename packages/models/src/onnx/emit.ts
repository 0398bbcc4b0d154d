import { isAbsolute, relative, sep } from "node:path";
import { Float16Array } from "@petamoriken/float16";
import { checkWeights } from "./compare-weights.ts";
import { checkFinite } from "./finite-weights.ts";
import type { Constant, DType, Graph, OnnxNode, Tensor } from "./graph.ts";
import type { StoredTensor, WeightMap } from "./stored-tensor.ts";
import {
  elementType,
  encodeModel,
  type ModelMessage,
  type NodeMessage,
  type TensorMessage,
} from "./wire.ts";

function encodeValues(values: ArrayLike<number>, dtype: DType): Uint8Array {
  const typed =
    dtype === "int64"
      ? BigInt64Array.from(Array.from(values, (value) => BigInt(value)))
      : dtype === "float64"
        ? Float64Array.from(values)
        : dtype === "float16"
          ? Float16Array.from(Array.from(values))
          : dtype === "bool" || dtype === "uint8"
            ? Uint8Array.from(values)
            : Float32Array.from(values);
  return new Uint8Array(typed.buffer);
}

function constantMessage({ tensor, values }: Constant): TensorMessage {
  const shape = tensor.shape.map(Number);
  return {
    name: tensor.name,
    dtype: tensor.dtype,
    shape,
    data: encodeValues(values, tensor.dtype),
  };
}

/** Nodes that the wanted values depend on, in running order, and every value name they touch. */
function reach(graph: Graph, wanted: readonly Tensor[]) {
  const used = new Set(wanted.map((tensor) => tensor.name));
  const nodes: OnnxNode[] = [];
  for (const node of [...graph.nodes].reverse()) {
    if (!node.outputs.some((output) => used.has(output.name))) continue;
    nodes.push(node);
    for (const input of node.inputs) used.add(input.name);
  }
  return { nodes: nodes.reverse(), used };
}

const hasOptionalOutputs = new Set(["LayerNormalization", "SkipLayerNormalization"]);

/** A norm's statistics, which only gradients read, are left out; those after them keep their places. */
function outputNames(node: OnnxNode, used: ReadonlySet<string>): readonly string[] {
  const names = node.outputs.map(({ name }) => name);
  if (!hasOptionalOutputs.has(node.op)) return names;
  const last = names.findLastIndex((name) => used.has(name));
  return names
    .slice(0, Math.max(1, last + 1))
    .map((name, at) => (at === 0 || used.has(name) ? name : ""));
}

function nodeMessage(node: OnnxNode, used: ReadonlySet<string>): NodeMessage {
  return {
    op: node.op,
    domain: node.domain,
    name: node.outputs[0]?.name ?? node.op,
    inputs: node.inputs.map(({ name }) => name),
    outputs: outputNames(node, used),
    attributes: node.attributes,
  };
}

/**
 * Values that can take the name of the output they give: a copy under another name would cost a pass where others read
 * the value as well. An input, a weight, or what gives two outputs cannot.
 */
function directOutputs(
  outputs: Readonly<Record<string, Tensor>>,
  made: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const shown = Object.values(outputs).map(({ name }) => name);
  const direct = Object.entries(outputs).filter(
    ([, { name }]) => made.has(name) && shown.indexOf(name) === shown.lastIndexOf(name),
  );
  return new Map(direct.map(([output, { name }]) => [name, output]));
}

function renamed(node: NodeMessage, names: ReadonlyMap<string, string>): NodeMessage {
  const rename = (name: string): string => names.get(name) ?? name;
  return { ...node, inputs: node.inputs.map(rename), outputs: node.outputs.map(rename) };
}

interface StoredWeight {
  readonly initializer: TensorMessage;
  readonly cast: readonly NodeMessage[];
}

/** Bytes below the folder stay in their file; others go into the model. */
function bytesOf(stored: StoredTensor, folder: string | undefined): TensorMessage["data"] {
  const { span } = stored;
  if (span === undefined || folder === undefined) return stored.data;
  const location = relative(folder, span.file);
  if (location.startsWith("..") || isAbsolute(location)) return stored.data;
  return {
    location: location.split(sep).join("/"),
    offset: span.offset,
    length: span.length,
  };
}

/** A weight of another precision stays as it is stored and is cast where it is used. */
function storedWeight(
  tensor: Tensor,
  weights: WeightMap,
  folder: string | undefined,
): StoredWeight | undefined {
  const stored = weights.get(tensor.name);
  if (stored === undefined) return undefined;
  const data = bytesOf(stored, folder);
  const { dtype } = stored;
  const shape = tensor.shape.map(Number);
  if (dtype === tensor.dtype) {
    return { initializer: { name: tensor.name, dtype, shape, data }, cast: [] };
  }
  const name = `${tensor.name}:${dtype}`;
  return {
    initializer: { name, dtype, shape, data },
    cast: [
      {
        op: "Cast",
        name: `${tensor.name}/Cast`,
        inputs: [name],
        outputs: [tensor.name],
        attributes: { to: elementType[tensor.dtype] },
      },
    ],
  };
}

/** Name and weights of an emitted model. */
export interface EmitOptions {
  readonly name?: string;
  /** The checkpoint whose tensors become initializers. Without it the weights are graph inputs. */
  readonly weights?: WeightMap;
  /** Tensors in files below this folder stay there; the session needs the same folder. */
  readonly folder?: string | undefined;
}

/**
 * What the outputs need of a graph, as a message.
 * Throws: weights.missing, weights.shape, weights.mismatch, weights.not-finite.
 */
export function toMessage(
  graph: Graph,
  outputs: Readonly<Record<string, Tensor>>,
  { name = "graph", weights, folder }: EmitOptions = {},
): ModelMessage {
  const { nodes, used } = reach(graph, Object.values(outputs));
  const made = new Set(nodes.flatMap((node) => node.outputs.map((output) => output.name)));
  const declared = [...graph.weights.values()]
    .map((weight) => weight.tensor)
    .filter((tensor) => used.has(tensor.name) && !made.has(tensor.name));
  if (weights !== undefined) {
    checkWeights(declared, weights);
    checkFinite(
      weights,
      declared.map((tensor) => tensor.name),
    );
  }
  const stored = declared
    .map((one) => weights && storedWeight(one, weights, folder))
    .filter((one) => one !== undefined);
  const constants = [...graph.constants.values()].filter(({ tensor }) => used.has(tensor.name));
  const inputs = graph.inputs.filter((input) => used.has(input.name));
  const direct = directOutputs(outputs, made);
  const copied = Object.entries(outputs).filter(([, tensor]) => !direct.has(tensor.name));
  return {
    name,
    nodes: [
      ...stored.flatMap(({ cast }) => cast),
      ...nodes.map((node) => renamed(nodeMessage(node, used), direct)),
      ...copied.map(([output, { name: from }]) => ({
        op: "Identity",
        name: `${output}/Identity`,
        inputs: [from],
        outputs: [output],
        attributes: {},
      })),
    ],
    initializers: [
      ...constants.map(constantMessage),
      ...stored.map(({ initializer }) => initializer),
    ],
    inputs: weights === undefined ? [...inputs, ...declared] : inputs,
    outputs: Object.entries(outputs).map(([output, { dtype, shape }]) => ({
      name: output,
      dtype,
      shape,
    })),
  };
}

/**
 * Serializes what the outputs need of a graph as an ONNX model.
 * Throws: weights.missing, weights.shape, weights.mismatch, weights.not-finite.
 */
export function emitGraph(
  graph: Graph,
  outputs: Readonly<Record<string, Tensor>>,
  options: EmitOptions = {},
): Uint8Array {
  return encodeModel(toMessage(graph, outputs, options));
}
