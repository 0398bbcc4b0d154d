export type { TensorData, TensorType, TensorValue } from "./node/tensor-value.ts";
export {
  checkDevice,
  type ProviderReport,
  probeProviders,
  runtimeVersion,
} from "./runtime/providers.ts";
export {
  type OwnedSession,
  openSession,
  type SessionOptions,
} from "./runtime/session.ts";
export {
  createSessionPool,
  type SessionPool,
  type SessionPoolOptions,
} from "./runtime/session-pool.ts";
