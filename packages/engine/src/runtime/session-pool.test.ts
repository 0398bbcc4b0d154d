import { describe, expect, test } from "vitest";
import type { Device } from "../node/device.ts";
import type { ModelSource } from "../node/run-context.ts";
import type { TensorValue } from "../node/tensor-value.ts";
import { doublingModel } from "./doubling-model.ts";
import { createSessionPool } from "./session-pool.ts";

function model(op: string): ModelSource & { emitted: number } {
  return {
    key: op,
    emitted: 0,
    onnx() {
      this.emitted++;
      return doublingModel(op);
    },
  };
}

const x: TensorValue = { dtype: "float32", shape: [2], data: new Float32Array([3, 4]) };

describe("session pool", () => {
  test("[S1] opens each key once and runs it", async () => {
    const pool = createSessionPool();
    const add = model("Add");
    const [first, second] = await Promise.all([pool.open(add), pool.open(add)]);
    expect(first.inputs).toEqual(["x"]);
    expect((await first.run({ x }))["y"]?.data).toEqual(new Float32Array([6, 8]));
    expect((await second.run({ x }))["y"]?.data).toEqual(new Float32Array([6, 8]));
    expect(add.emitted).toBe(1);
    await pool.close();
  });

  test("[S1] [S2] closes the least recently used; a closed one opens again when it runs", async () => {
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

  test("[S2] what does not fit beside sessions in use waits for them", async () => {
    const pool = createSessionPool({ maxSessions: 1 });
    const add = model("Add");
    const adding = await pool.open(add);
    const running = adding.run({ x });
    const opening = pool.open(model("Mul"));
    expect(pool.keys()).toEqual(["Add"]);
    expect((await running)["y"]?.data).toEqual(new Float32Array([6, 8]));
    await opening;
    expect(add.emitted).toBe(1);
    expect(pool.keys()).toEqual(["Mul"]);
    await pool.close();
  });

  test("[S2] networks that are opened and run at once never hold more than the limit", async () => {
    const pool = createSessionPool({ maxBytes: 100 });
    const sizes = [60, 50, 40, 90, 10, 120, 70];
    const held: number[] = [];
    const runs = sizes.map(async (weightBytes, at) => {
      const network = { ...model("Add"), onnx: () => doublingModel("Add"), key: `${at}` };
      const session = await pool.open({ ...network, weightBytes });
      for (let step = 0; step < 3; step++) {
        const found = await session.run({ x });
        held.push(pool.bytes());
        expect(found["y"]?.data).toEqual(new Float32Array([6, 8]));
      }
    });
    held.push(pool.bytes());
    await Promise.all(runs);
    // The one of 120 is open alone.
    expect(held.filter((bytes) => bytes > 100 && bytes !== 120)).toEqual([]);
    await pool.close();
  });

  test("keeps the networks of six variants that take turns", async () => {
    const pool = createSessionPool();
    const variants = Array.from({ length: 6 }, (_, variant) =>
      Array.from({ length: 7 }, (_, network) => ({
        ...model("Add"),
        key: `${variant}/${network}`,
      })),
    ).flat();
    for (const network of [...variants, ...variants]) await pool.open(network);
    expect(variants.map(({ emitted }) => emitted)).toEqual(variants.map(() => 1));
    await pool.close();
  });

  test("makes room by bytes of weights before it opens more", async () => {
    const pool = createSessionPool({ maxBytes: 100 });
    await pool.open({ ...model("Add"), onnx: () => doublingModel("Add"), weightBytes: 60 });
    await pool.open({ ...model("Mul"), onnx: () => doublingModel("Mul"), weightBytes: 40 });
    expect(pool.keys()).toEqual(["Add", "Mul"]);
    await pool.open({ ...model("Sub"), onnx: () => doublingModel("Sub"), weightBytes: 50 });
    expect(pool.keys()).toEqual(["Mul", "Sub"]);
    expect(pool.bytes()).toBe(90);
    // What is larger than everything together still opens, alone.
    const large = await pool.open({
      ...model("Div"),
      onnx: () => doublingModel("Div"),
      weightBytes: 900,
    });
    expect((await large.run({ x }))["y"]?.data).toEqual(new Float32Array([1, 1]));
    await pool.close();
  });

  test("asks for a model as its device takes it", async () => {
    const device = { provider: "cpu", precision: "float16" } as const;
    const pool = createSessionPool({ device });
    const asked: Device[] = [];
    const add = {
      ...model("Add"),
      onnx(given: Device) {
        asked.push(given);
        return doublingModel("Add");
      },
    };
    await pool.open(add);
    expect(asked).toEqual([device]);
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
