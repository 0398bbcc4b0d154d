import { type AnyNode, toNodeTypeSpec } from "@insightgraph/engine/node";

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const paramKinds = new Set(["text", "number", "integer", "boolean", "choice", "seed", "file"]);
const typeIdPattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*$/;

function isPort(value: unknown): boolean {
  return isFields(value) && value["portType"] !== undefined && typeof value["doc"] === "string";
}

function isParam(value: unknown): boolean {
  return isFields(value) && paramKinds.has(String(value["kind"])) && value["default"] !== undefined;
}

function entriesFault(
  node: Fields,
  field: string,
  isRight: (value: unknown) => boolean,
  how: string,
): string | undefined {
  const entries = node[field];
  if (!isFields(entries)) return `its ${field} are not an object`;
  const wrong = Object.entries(entries).find(([, value]) => !isRight(value));
  return wrong === undefined ? undefined : `${field}.${wrong[0]} is not created with ${how}`;
}

/** Whether an export looks like a node definition, valid or not. */
export function isMeantAsNode(value: unknown): value is Fields {
  return isFields(value) && ("run" in value || "outputs" in value);
}

/** @returns why a value is not a valid node definition, or undefined. */
export function definitionFault(value: unknown): string | undefined {
  if (!isFields(value)) return "it is not an object";
  const { type, version } = value;
  if (typeof type !== "string" || !typeIdPattern.test(type)) {
    return 'its type is not a lower-case "category.name"';
  }
  if (typeof version !== "number" || !Number.isInteger(version) || version < 1) {
    return "its version is not a positive whole number";
  }
  for (const field of ["title", "doc"]) {
    if (typeof value[field] !== "string" || value[field] === "")
      return `its ${field} is not a text`;
  }
  if (typeof value["run"] !== "function") return "its run is not a function";
  const fault =
    entriesFault(value, "inputs", isPort, 'a port type, such as image("…")') ??
    entriesFault(value, "outputs", isPort, 'a port type, such as image("…")') ??
    entriesFault(value, "params", isParam, "param, such as param.text({ … })");
  if (fault !== undefined) return fault;
  try {
    toNodeTypeSpec(value as unknown as AnyNode);
    return undefined;
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}
