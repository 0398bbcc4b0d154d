export type { PortLook } from "./graph/port-look.ts";
export {
  defineNode,
  defineRoute,
  type NodeDefinition,
  type Params,
  type Ports,
  type Route,
  type RouteDefinition,
  type Settings,
  type Values,
} from "./node/define-node.ts";
export {
  anyPort,
  definePort,
  type HashPart,
  listOf,
  type Port,
  type PortBehaviour,
  type PortOptions,
  type PortType,
  type Stream,
  streamOf,
  type ValueCodec,
} from "./node/define-port.ts";
export {
  type Device,
  defaultDevice,
  deviceName,
  type Provider,
  precisions,
  providers,
} from "./node/device.ts";
export { type InputErrorDetails, inputError, toInputError } from "./node/input-error.ts";
export {
  type Migration,
  type Migrations,
  migrateGraph,
  type Renames,
} from "./node/migrate-graph.ts";
export { type Packed, pack, unpack } from "./node/pack.ts";
export { type Param, param } from "./node/param.ts";
export type { PictureBytes, Preview } from "./node/preview.ts";
export { type AnyNode, createRegistry, type Registry, toNodeTypeSpec } from "./node/registry.ts";
export type {
  ExistingFile,
  GraphSession,
  ModelSource,
  RunContext,
  RunItem,
  WeightCopies,
} from "./node/run-context.ts";
export type { TensorData, TensorType, TensorValue } from "./node/tensor-value.ts";
