/** A protobuf field: text and bytes with their length, numbers as one small varint. */
function field(number: number, value: number | string | Buffer): Buffer {
  if (typeof value === "number") return Buffer.from([number << 3, value]);
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([(number << 3) | 2, bytes.length]), bytes]);
}

/** The smallest ONNX model that shows whether a provider works: y = op(x, x). Shapes: x [2] -> y [2], float32. */
export function doublingModel(op = "Add"): Uint8Array {
  const shape = field(2, field(1, field(1, 2)));
  const floats = field(1, Buffer.concat([field(1, 1), shape]));
  const value = (name: string): Buffer => Buffer.concat([field(1, name), field(2, floats)]);
  const node = Buffer.concat([field(1, "x"), field(1, "x"), field(2, "y"), field(4, op)]);
  const graph = Buffer.concat([
    field(1, node),
    field(2, "g"),
    field(11, value("x")),
    field(12, value("y")),
  ]);
  const opset = Buffer.concat([field(1, ""), field(2, 20)]);
  return Buffer.concat([field(1, 8), field(7, graph), field(8, opset)]);
}
