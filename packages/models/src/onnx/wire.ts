import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import type { Attribute, Dim, DType, OpDomain, Shape } from "./graph.ts";
import type { StoredType } from "./stored-tensor.ts";

/** Field numbers of onnx.proto3 (ONNX 1.17). Each function writes one message. */
type Message = (writer: BinaryWriter) => void;

/** ONNX's numbers of element types. */
export const elementType: Readonly<Record<DType | StoredType, number>> = {
  float32: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  float64: 11,
  uint32: 12,
  uint64: 13,
  bfloat16: 16,
  float8e4m3: 17,
  float8e5m2: 19,
};

function bytesOf(message: Message): Uint8Array {
  const writer = new BinaryWriter();
  message(writer);
  return writer.finish();
}

function text(writer: BinaryWriter, field: number, value: string): void {
  writer.tag(field, WireType.LengthDelimited).string(value);
}

function integer(writer: BinaryWriter, field: number, value: number): void {
  writer.tag(field, WireType.Varint).int64(value);
}

function bytes(writer: BinaryWriter, field: number, value: Uint8Array): void {
  writer.tag(field, WireType.LengthDelimited).bytes(value);
}

function nested(writer: BinaryWriter, field: number, message: Message): void {
  bytes(writer, field, bytesOf(message));
}

const attributeKind = { float: 1, int: 2, string: 3, graph: 5, ints: 7 };

/** What only a message can hold: the body of a loop. */
export type NodeAttribute = Attribute | { readonly graph: ModelMessage };

function attribute(name: string, value: NodeAttribute): Message {
  return (writer) => {
    text(writer, 1, name);
    if (typeof value === "number") {
      integer(writer, 3, value);
      integer(writer, 20, attributeKind.int);
    } else if (typeof value === "string") {
      text(writer, 4, value);
      integer(writer, 20, attributeKind.string);
    } else if ("float" in value) {
      writer.tag(2, WireType.Bit32).float(value.float);
      integer(writer, 20, attributeKind.float);
    } else if ("graph" in value) {
      nested(writer, 6, graphOf(value.graph));
      integer(writer, 20, attributeKind.graph);
    } else {
      for (const item of value) integer(writer, 8, item);
      integer(writer, 20, attributeKind.ints);
    }
  };
}

/** ONNX's NodeProto: one operator. */
export interface NodeMessage {
  readonly op: string;
  readonly domain?: OpDomain | undefined;
  readonly name: string;
  readonly inputs: readonly string[];
  /** An empty name leaves an optional output out. */
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, NodeAttribute>>;
}

function node(message: NodeMessage): Message {
  return (writer) => {
    for (const name of message.inputs) text(writer, 1, name);
    for (const name of message.outputs) text(writer, 2, name);
    text(writer, 3, message.name);
    text(writer, 4, message.op);
    for (const [name, value] of Object.entries(message.attributes)) {
      nested(writer, 5, attribute(name, value));
    }
    if (message.domain !== undefined) text(writer, 7, message.domain);
  };
}

/** Bytes that stay in a file: `location` is its path from the folder that the session is given. */
export interface ExternalBytes {
  readonly location: string;
  readonly offset: number;
  readonly length: number;
}

/** ONNX's TensorProto: a constant or a weight. */
export interface TensorMessage {
  readonly name: string;
  readonly dtype: DType | StoredType;
  readonly shape: readonly number[];
  readonly data: Uint8Array | ExternalBytes;
}

const externalLocation = 1;

function tensor(message: TensorMessage): Message {
  return (writer) => {
    for (const size of message.shape) integer(writer, 1, size);
    integer(writer, 2, elementType[message.dtype]);
    text(writer, 8, message.name);
    if (message.data instanceof Uint8Array) {
      bytes(writer, 9, message.data);
      return;
    }
    for (const [key, value] of Object.entries(message.data)) {
      nested(writer, 13, (entry) => {
        text(entry, 1, key);
        text(entry, 2, `${value}`);
      });
    }
    integer(writer, 14, externalLocation);
  };
}

function dimension(size: Dim): Message {
  return (writer) => (typeof size === "number" ? integer(writer, 1, size) : text(writer, 2, size));
}

/** ONNX's ValueInfoProto: an input or output. */
export interface ValueMessage {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: Shape;
}

function value({ name, dtype, shape }: ValueMessage): Message {
  return (writer) => {
    text(writer, 1, name);
    nested(writer, 2, (type) =>
      nested(type, 1, (dense) => {
        integer(dense, 1, elementType[dtype]);
        nested(dense, 2, (sizes) => {
          for (const size of shape) nested(sizes, 1, dimension(size));
        });
      }),
    );
  };
}

/** ONNX's ModelProto with its one graph. */
export interface ModelMessage {
  readonly name: string;
  readonly nodes: readonly NodeMessage[];
  readonly initializers: readonly TensorMessage[];
  readonly inputs: readonly ValueMessage[];
  readonly outputs: readonly ValueMessage[];
}

const irVersion = 10;
/** The version of ONNX's operators that models declare. */
export const opset = 20;

function operatorSet(domain: string, version: number): Message {
  return (writer) => {
    text(writer, 1, domain);
    integer(writer, 2, version);
  };
}

function graphOf(model: ModelMessage): Message {
  return (graph) => {
    for (const item of model.nodes) nested(graph, 1, node(item));
    text(graph, 2, model.name);
    for (const item of model.initializers) nested(graph, 5, tensor(item));
    for (const item of model.inputs) nested(graph, 11, value(item));
    for (const item of model.outputs) nested(graph, 12, value(item));
  };
}

/** The sets of operators that the nodes come from, besides ONNX's own. */
function domainsOf(model: ModelMessage): ReadonlySet<string> {
  const inside = (one: NodeMessage): readonly string[] => [
    ...(one.domain === undefined ? [] : [one.domain]),
    ...Object.values(one.attributes).flatMap((held) =>
      typeof held === "object" && "graph" in held ? [...domainsOf(held.graph)] : [],
    ),
  ];
  return new Set(model.nodes.flatMap(inside));
}

/** Writes one ModelProto. */
export function encodeModel(model: ModelMessage): Uint8Array {
  return bytesOf((writer) => {
    integer(writer, 1, irVersion);
    text(writer, 2, "insightgraph");
    nested(writer, 7, graphOf(model));
    nested(writer, 8, operatorSet("", opset));
    for (const domain of domainsOf(model)) nested(writer, 8, operatorSet(domain, 1));
  });
}
