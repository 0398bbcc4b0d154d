import { elementType, type ModelMessage, type NodeMessage, type TensorMessage } from "./wire.ts";

/** Numbers of a matrix that are widened at a time: 8 MB, which a processor's cache holds until they are multiplied. */
const cached = 2 ** 21;

/** Blocks of a network, about: how long it takes to open grows with their square. */
const mostBlocks = 512;

/** What stands for a node, and the weights that it reads. */
interface Replacement {
  /** Of weights alone. */
  readonly casts: readonly NodeMessage[];
  readonly nodes: readonly NodeMessage[];
  readonly initializers: readonly TensorMessage[];
}

/** Rows of a matrix, left where they are stored. */
function rowsOf(matrix: TensorMessage, from: number, to: number): TensorMessage {
  const [rows = 1, width = 0] = matrix.shape;
  const { data } = matrix;
  const rowBytes = (data instanceof Uint8Array ? data.byteLength : data.length) / rows;
  const [start, end] = [from * rowBytes, to * rowBytes];
  return {
    ...matrix,
    name: `${matrix.name}:${from}`,
    shape: [to - from, width],
    data:
      data instanceof Uint8Array
        ? data.subarray(start, end)
        : { ...data, offset: data.offset + start, length: end - start },
  };
}

function blocksOf(matrix: TensorMessage, size: number): readonly TensorMessage[] {
  const [rows = 1, width = 1] = matrix.shape;
  const height = Math.max(1, Math.floor(size / width));
  return Array.from({ length: Math.ceil(rows / height) }, (_, at) =>
    rowsOf(matrix, at * height, Math.min(rows, (at + 1) * height)),
  );
}

/** x W^T + b as products with some rows of W each, side by side. */
function inBlocks(gemm: NodeMessage, matrix: TensorMessage, size: number): Replacement {
  const [x = "", , bias] = gemm.inputs;
  const [output = ""] = gemm.outputs;
  const blocks = blocksOf(matrix, size);
  const products = blocks.map(
    ({ name }): NodeMessage => ({
      ...gemm,
      name: `${name}/Gemm`,
      inputs: [x, `${name}/Cast`],
      outputs: [`${name}/Gemm`],
    }),
  );
  const side: NodeMessage = {
    op: "Concat",
    name: `${output}/Concat`,
    inputs: blocks.map(({ name }) => `${name}/Gemm`),
    outputs: [bias === undefined ? output : `${output}/Concat`],
    attributes: { axis: 1 },
  };
  const add = (offset: string): NodeMessage => ({
    op: "Add",
    name: `${output}/Add`,
    inputs: [`${output}/Concat`, offset],
    outputs: [output],
    attributes: {},
  });
  return {
    casts: blocks.map(({ name }) => castNode(name, `${name}/Cast`)),
    nodes: [...products, side, ...(bias === undefined ? [] : [add(bias)])],
    initializers: blocks,
  };
}

function castNode(from: string, to: string): NodeMessage {
  const attributes = { to: elementType.float32 };
  return { op: "Cast", name: to, inputs: [from], outputs: [to], attributes };
}

/** Rows of a table that are widened after they were looked up. */
function lookedUp(gather: NodeMessage, table: TensorMessage): Replacement {
  const [, rows = ""] = gather.inputs;
  const [output = ""] = gather.outputs;
  const found = `${output}/Gather`;
  const nodes = [
    { ...gather, name: found, inputs: [table.name, rows], outputs: [found] },
    castNode(found, output),
  ];
  return { casts: [], nodes, initializers: [table] };
}

function replacement(
  node: NodeMessage,
  narrow: ReadonlyMap<string, TensorMessage>,
  size: number,
): Replacement | undefined {
  const [first = "", second = ""] = node.inputs;
  const [table, matrix] = [narrow.get(first), narrow.get(second)];
  if (node.op === "Gather" && table !== undefined) return lookedUp(node, table);
  const isTurned = node.op === "Gemm" && node.attributes["transB"] === 1;
  return isTurned && matrix !== undefined ? inBlocks(node, matrix, size) : undefined;
}

/** The matrices that a Cast widens, by what it makes of them. */
function widenedMatrices({
  nodes,
  initializers,
}: ModelMessage): ReadonlyMap<string, TensorMessage> {
  const stored = new Map(initializers.map((one) => [one.name, one]));
  const found = nodes.flatMap(({ op, inputs, outputs, attributes }) => {
    const matrix = stored.get(inputs[0] ?? "");
    const isWidening = op === "Cast" && attributes["to"] === elementType.float32;
    return isWidening && matrix?.shape.length === 2 ? [[outputs[0] ?? "", matrix] as const] : [];
  });
  return new Map(found);
}

/** The size of blocks that suits matrices. */
function sizeFor(matrices: Iterable<TensorMessage>): number {
  const counts = [...matrices].map(({ shape: [rows = 0, width = 0] }) => rows * width);
  const total = counts.reduce((sum, count) => sum + count, 0);
  return Math.max(cached, Math.ceil(total / mostBlocks));
}

/**
 * Widens matrices that are stored in another type some rows at a time, and of a table only the rows that are looked up, so
 * that no matrix is ever in memory in both types, and what was just widened is multiplied before it leaves the cache.
 * @param blockSize Most numbers that are widened at a time, at least a row. @default what suits the matrices
 */
export function castInBlocks(model: ModelMessage, blockSize?: number): ModelMessage {
  const narrow = widenedMatrices(model);
  const size = blockSize ?? sizeFor(narrow.values());
  const initializers = new Map<string, TensorMessage>();
  const casts: NodeMessage[] = [];
  const others = model.nodes.flatMap((node) => {
    const made = replacement(node, narrow, size);
    for (const one of made?.initializers ?? []) initializers.set(one.name, one);
    casts.push(...(made?.casts ?? []));
    return made?.nodes ?? [node];
  });
  // Of what a product reads, ONNX Runtime first computes what stands later: a cast after its x would run, and its result
  // wait, before all that leads to x.
  const replaced = [...casts, ...others];
  for (const one of model.initializers) initializers.set(one.name, one);
  const read = new Set(replaced.flatMap(({ inputs }) => inputs));
  const nodes = replaced.filter(({ outputs: [made = ""] }) => !narrow.has(made) || read.has(made));
  const used = new Set(nodes.flatMap(({ inputs }) => inputs));
  return {
    ...model,
    nodes,
    initializers: [...initializers.values()].filter(({ name }) => used.has(name)),
  };
}
