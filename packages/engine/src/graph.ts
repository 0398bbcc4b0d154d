export {
  type BooleanParamSpec,
  type ChoiceParamSpec,
  entryOf,
  type FileParamSpec,
  type NodeCatalogue,
  type NodeTypeSpec,
  type NumberParamSpec,
  type ParamSpec,
  type PortShape,
  type PortSpec,
  type SeedParamSpec,
  type TextParamSpec,
} from "./graph/catalogue.ts";
export type {
  GraphDocument,
  GraphInput,
  GraphNode,
  Json,
  JsonObject,
  Link,
  NodeUi,
} from "./graph/document.ts";
export type { Issue } from "./graph/issue.ts";
