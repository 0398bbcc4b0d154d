// (a) The provider opens; a convolution and an attention give what the CPU gives. Arguments: device.
import { checkDevice } from "../../../../packages/engine/src/runtime.ts";
import type {
  LoweringTarget,
  Provider,
  StoredTensor,
} from "../../../../packages/models/src/index.ts";
import { attend } from "../../../../packages/models/src/layers/attend.ts";
import { conv2d } from "../../../../packages/models/src/layers/conv2d.ts";
import { defineNetwork } from "../../../../packages/models/src/networks/define-network.ts";
import { limits, precisions } from "./limits.ts";
import { printRow } from "./row.ts";
import { errorToCpu, normalTensor } from "./run-network.ts";

const convolution = defineNetwork({
  name: "convolution",
  inputs: () => ({ x: { shape: ["N", 64, 33, 29] } }),
  build: (w, { x }, _: object) => ({
    y: conv2d(w.at("conv"), x, { out: 96, kernel: 3, padding: 1 }),
  }),
});

const attention = defineNetwork({
  name: "attention",
  inputs: () => ({ query: { shape: ["N", 77, 320] }, memory: { shape: ["N", 64, 320] } }),
  build: (_, { query, memory }, __: object) => ({ y: attend(query, memory, memory, 8) }),
});

function weight(shape: readonly number[], seed: number): StoredTensor {
  const { data } = normalTensor(shape, seed);
  return { dtype: "float32", shape, data: new Uint8Array(data.map((x) => x / 24).buffer) };
}

const provider = (process.argv[2] ?? "cpu") as Provider;
await checkDevice({ provider, precision: "float32" });
printRow({ name: `${provider} opens`, value: 1, unit: "" });
const weights = new Map([
  ["conv.weight", weight([96, 64, 3, 3], 1)],
  ["conv.bias", weight([96], 2)],
]);
const feeds = {
  x: normalTensor([2, 64, 33, 29], 3),
  query: normalTensor([2, 77, 320], 4),
  memory: normalTensor([2, 64, 320], 5),
};
const shared = { config: {}, weights, feeds };
const cases = [
  [
    convolution.name,
    (target: LoweringTarget) => errorToCpu({ ...shared, network: convolution }, target),
  ],
  [
    attention.name,
    (target: LoweringTarget) => errorToCpu({ ...shared, network: attention }, target),
  ],
] as const;
for (const [name, errorOn] of cases) {
  for (const precision of precisions) {
    const value = await errorOn({ provider, precision });
    printRow({
      name: `${name}, ${precision}`,
      value,
      unit: "of greatest",
      limit: limits[precision],
    });
  }
}
