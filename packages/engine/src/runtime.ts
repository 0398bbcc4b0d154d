export {
  type GraphSession,
  openSession,
  type SessionOptions,
  type Tensors,
} from "./runtime/session.ts";
export type { TensorData, TensorType, TensorValue } from "./runtime/tensor-value.ts";
