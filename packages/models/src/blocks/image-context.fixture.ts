import { declareInput, type Graph, type Shape } from "../onnx/graph.ts";
import type { ImageContext } from "./decoupled-cross-attention.ts";

/** Image tokens from the input `image`, at the one scale of the input `imageScale`. */
export function imageContext(graph: Graph, tokens: Shape, scale: Shape): ImageContext {
  const imageScale = declareInput(graph, "imageScale", scale);
  return { tokens: declareInput(graph, "image", tokens), scaleAt: () => imageScale };
}
