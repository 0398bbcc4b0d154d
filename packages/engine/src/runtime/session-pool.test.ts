import { describe, expect, test } from "vitest";
import type { ModelSource } from "../node/run-context.ts";
import type { TensorValue } from "../node/tensor-value.ts";
import { createSessionPool } from "./session-pool.ts";

/** A protobuf field: text and bytes with their length, numbers as one small varint. */
function field(number: number, value: number | string | Buffer): Buffer {
  if (typeof value === "number") return Buffer.from([number << 3, value]);
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([(number << 3) | 2, bytes.length]), bytes]);
}

/** An ONNX model of one operator: y = op(x, x), over [2] floats. */
function onnxOf(op: string): Uint8Array {
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

function model(op: string): ModelSource & { emitted: number } {
  return {
    key: op,
    emitted: 0,
    onnx() {
      this.emitted++;
      return onnxOf(op);
    },
  };
}

const x: TensorValue = { dtype: "float32", shape: [2], data: new Float32Array([3, 4]) };

describe("session pool", () => {
  test("opens each key once and runs it", async () => {
    const pool = createSessionPool();
    const add = model("Add");
    const [first, second] = await Promise.all([pool.open(add), pool.open(add)]);
    expect(first.inputs).toEqual(["x"]);
    expect((await first.run({ x }))["y"]?.data).toEqual(new Float32Array([6, 8]));
    expect((await second.run({ x }))["y"]?.data).toEqual(new Float32Array([6, 8]));
    expect(add.emitted).toBe(1);
    await pool.close();
  });

  test("closes the least recently used; a closed one opens again when it is run", async () => {
    const pool = createSessionPool({ maxSessions: 2 });
    const [add, mul, sub] = [model("Add"), model("Mul"), model("Sub")];
    const adding = await pool.open(add);
    await pool.open(mul);
    await pool.open(sub);
    expect(pool.keys()).toEqual(["Mul", "Sub"]);
    expect((await adding.run({ x }))["y"]?.data).toEqual(new Float32Array([6, 8]));
    expect(add.emitted).toBe(2);
    expect(pool.keys()).toEqual(["Sub", "Add"]);
    await pool.close();
  });

  test("a model that cannot be opened says so and is tried anew", async () => {
    const pool = createSessionPool();
    const broken = model("NoSuchOperator");
    await expect(pool.open(broken)).rejects.toThrow("NoSuchOperator");
    await expect(pool.open(broken)).rejects.toThrow("NoSuchOperator");
    expect(broken.emitted).toBe(2);
    expect(pool.keys()).toEqual([]);
  });
});
