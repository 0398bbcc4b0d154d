export type { TensorData, TensorType, TensorValue } from "../node/tensor-value.ts";
