import {
  append,
  createGraph,
  type DType,
  type Graph,
  type OnnxNode,
  type Tensor,
} from "../graph.ts";
import { usesOf } from "./rewrite.ts";

type Outputs = Readonly<Record<string, Tensor>>;

/** Sums over many numbers and steep functions, which half precision has no room for. */
const wide = new Set(["ReduceMean", "ReduceSum", "ReduceSumSquare", "Sqrt", "Exp", "Sin", "Cos"]);

/** What a sum of squares, or a wave of hundreds of turns, is made from stays as wide as they. */
function wideNodes(graph: Graph): ReadonlySet<OnnxNode> {
  const uses = usesOf(graph);
  const found = new Set<OnnxNode>();
  const addMakers = (node: OnnxNode): void => {
    for (const input of node.inputs) {
      const maker = uses.maker(input);
      if (maker === undefined || found.has(maker)) continue;
      found.add(maker);
      addMakers(maker);
    }
  };
  for (const node of graph.nodes) {
    if (!wide.has(node.op)) continue;
    found.add(node);
    const maker = uses.maker(node.inputs[0], "Mul");
    if (maker && maker.inputs[0]?.name === maker.inputs[1]?.name) found.add(maker);
    if (node.op === "Sin" || node.op === "Cos") addMakers(node);
  }
  return found;
}

/** Operands that are float32 whatever is computed: scales of a resize, a fused group norm's weights. */
function isOperand({ op }: OnnxNode, place: number): boolean {
  return (op === "Resize" && place > 0) || (op === "GroupNorm" && place > 0);
}

const elementType = { float32: 1, float16: 10 } as const;

interface Narrowing {
  /** The value as the new graph holds it, in the type wanted. */
  read(value: Tensor, dtype: "float32" | "float16"): Tensor;
  set(old: Tensor, made: Tensor): void;
}

/** Weights and constants are declared anew in the type in which they are first read, and cast for other readers. */
function createNarrowing(from: Graph, to: Graph): Narrowing {
  const made = new Map<string, Tensor>();
  const casts = new Map<string, Tensor>();
  const declare = (value: Tensor, dtype: DType): Tensor => {
    const tensor = { ...value, graph: to, dtype };
    const weight = from.weights.get(value.name);
    const fixed = from.constants.get(value.name);
    if (weight !== undefined) to.weights.set(value.name, { ...weight, tensor });
    if (fixed !== undefined) to.constants.set(value.name, { ...fixed, tensor });
    made.set(value.name, tensor);
    return tensor;
  };
  return {
    set: (old, tensor) => made.set(old.name, tensor),
    read(value, dtype) {
      const isFloat = value.dtype === "float32";
      const known = made.get(value.name) ?? declare(value, isFloat ? dtype : value.dtype);
      if (!isFloat || known.dtype === dtype) return known;
      const key = `${value.name}:${dtype}`;
      const cast =
        casts.get(key) ??
        append("Cast", [known], { dtype, shape: known.shape }, { to: elementType[dtype] });
      casts.set(key, cast);
      return cast;
    },
  };
}

/** A Cast asks for a type of its own: what asked for float32 asks for the graph's type. */
function attributesOf({ op, attributes }: OnnxNode, dtype: "float32" | "float16") {
  const isFloatCast = op === "Cast" && attributes["to"] === elementType.float32;
  return isFloatCast ? { ...attributes, to: elementType[dtype] } : attributes;
}

/**
 * The same graph computed in float16 but for what overflows there; inputs and outputs stay float32. Weights are
 * declared float16, so that a checkpoint of that type is used as it is stored.
 */
export function toHalfPrecision<Names extends Outputs>(
  from: Graph,
  outputs: Names,
): { readonly graph: Graph; readonly outputs: Names } {
  const to = createGraph();
  for (const [name, count] of from.names) to.names.set(name, count);
  const narrowing = createNarrowing(from, to);
  for (const input of from.inputs) {
    const tensor = { ...input, graph: to };
    to.inputs.push(tensor);
    narrowing.set(input, tensor);
  }
  const kept = wideNodes(from);
  for (const node of from.nodes) {
    const dtype = kept.has(node) ? "float32" : "float16";
    const inputs = node.inputs.map((input, place) =>
      narrowing.read(input, isOperand(node, place) ? "float32" : dtype),
    );
    const made = node.outputs.map((output): Tensor => {
      const own: DType = output.dtype === "float32" ? dtype : output.dtype;
      const tensor = { ...output, graph: to, dtype: own };
      narrowing.set(output, tensor);
      return tensor;
    });
    to.nodes.push({ ...node, inputs, outputs: made, attributes: attributesOf(node, dtype) });
  }
  const entries = Object.entries(outputs).map(([name, value]) => [
    name,
    narrowing.read(value, "float32"),
  ]);
  return { graph: to, outputs: Object.fromEntries(entries) as Names };
}
