import type { Init, Tensor } from "../onnx/graph.ts";
import { reshape } from "../onnx/ops/arrange.ts";
import { gemm } from "../onnx/ops/matrix.ts";
import { dimOf, sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";

/** Width of the result, and what the layer has. */
export interface LinearOptions {
  readonly out: number;
  /** @default true */
  readonly bias?: boolean;
  /** @default normal with variance 1 / inputs */
  readonly init?: Init;
}

/**
 * y = x W^T + b on the last axis.
 * Shapes: x [.., D], weight [out, D], bias [out] -> [.., out]
 * Source: PyTorch's nn.Linear.
 */
export function linear(w: Weights, x: Tensor, { out, bias = true, init }: LinearOptions): Tensor {
  const width = sizeOf(x, -1);
  const weight = w.get("weight", [out, width], init ?? { std: 1 / Math.sqrt(width) });
  const offset = bias ? w.get("bias", [out], { fill: 0 }) : undefined;
  if (x.shape.length === 2) return w.refine(x, gemm(x, weight, offset, { transB: true }));
  const lead = x.shape.slice(0, -1);
  const rows = lead.every((size) => typeof size === "number")
    ? lead.reduce<number>((n, size) => n * Number(size), 1)
    : `${lead.join("*")}`;
  const y = gemm(reshape(x, [rows, width]), weight, offset, { transB: true });
  return w.refine(x, reshape(y, [...lead, dimOf(y, 1)]));
}
