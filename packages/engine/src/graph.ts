export { applyChanges } from "./graph/apply-changes.ts";
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
export { checkParam, type ParamFault, paramFromText } from "./graph/check-param.ts";
export { decodeText } from "./graph/decode-text.ts";
export {
  type Ablation,
  type AblationAxis,
  type AblationChoice,
  type AblationVariant,
  type GraphBody,
  type GraphDocument,
  type GraphInput,
  type GraphNode,
  graphInputs,
  isOutputInput,
  isParamInput,
  isPortInput,
  type Json,
  type JsonObject,
  type Link,
  type NodeChange,
  type NodeUi,
  type OutputInput,
  type ParamInput,
  type PortInput,
  type Subgraph,
} from "./graph/document.ts";
export { documentSchema } from "./graph/document-schema.ts";
export { bypassNode, setParam } from "./graph/edit-graph.ts";
export { type AblationCell, baselineOf, countCells, expandAxes } from "./graph/expand-axes.ts";
export type { Issue } from "./graph/issue.ts";
export { typeFaultWords } from "./graph/link-fault.ts";
export { closestNames, namesHint } from "./graph/nearest-name.ts";
export { openOutputInputs } from "./graph/open-output-inputs.ts";
export { parseGraph } from "./graph/parse-graph.ts";
export {
  type ColourRole,
  lookOf,
  type PortCatalogue,
  type PortLook,
  type PortTypeSpec,
  type SocketShape,
} from "./graph/port-look.ts";
export { containerOf, elementOf, innermostOf, isVariable } from "./graph/port-type.ts";
export {
  type ReadGraph,
  type ResolveOptions,
  resolveGraphFiles,
  withoutGraphFiles,
} from "./graph/resolve-graph-files.ts";
export { resolveLink } from "./graph/resolve-link.ts";
export { type GraphTyping, resolveTypes, typeFaultAt } from "./graph/resolve-types.ts";
export { settingsOf } from "./graph/settings.ts";
export { type SortedGraph, sortGraph } from "./graph/sort-graph.ts";
export { stringifyGraph } from "./graph/stringify-graph.ts";
export { catalogueFor, subgraphName, subgraphType } from "./graph/subgraphs.ts";
export { isUpToDate } from "./graph/up-to-date.ts";
export { validateAblation } from "./graph/validate-ablation.ts";
export { type CheckedGraph, checkGraph, validateGraph } from "./graph/validate-graph.ts";
export { withSuffix } from "./graph/with-suffix.ts";
