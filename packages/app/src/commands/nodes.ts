import { EngineError } from "@insightgraph/engine/errors";
import {
  entryOf,
  type NodeTypeSpec,
  namesHint,
  type ParamSpec,
  type PortSpec,
} from "@insightgraph/engine/graph";
import { exitCodes } from "../exit-codes.ts";
import { loadRegistry } from "../load-registry.ts";
import { parseArguments } from "../parse-arguments.ts";
import { fromCaller } from "../places.ts";

/** What `insightgraph nodes --help` prints. */
export const usage = `usage: insightgraph nodes [TYPE] [--nodes PLACE]… [--json]

Lists all node types, or describes one.

  --nodes PLACE  load more nodes from a .ts or .js file or a folder; this runs their code
  --json         print the catalogue as JSON
`;

function portLine([name, port]: readonly [string, PortSpec]): string {
  const shape = port.shape === undefined ? "" : ` [${port.shape.join(", ")}]`;
  return `  ${name}: ${port.type}${shape}${port.optional ? ", optional" : ""}. ${port.doc}`;
}

function rangeOf(param: ParamSpec): string {
  if (param.kind === "choice") return ` of ${param.options.join(", ")}`;
  if (param.kind !== "number" && param.kind !== "integer") return "";
  return ` from ${param.min ?? "any"} to ${param.max ?? "any"}`;
}

function paramLine([name, param]: readonly [string, ParamSpec]): string {
  const preset = JSON.stringify(param.default);
  const linked = param.accepts === undefined ? "" : `, or a linked ${param.accepts}`;
  return `  ${name}: ${param.kind}${rangeOf(param)}, default ${preset}${linked}. ${param.doc}`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}

function describeType(spec: NodeTypeSpec): string {
  return [
    `${spec.type} (version ${spec.version}): ${spec.title}`,
    spec.doc,
    ...(spec.isRoute ? ["Computes only the inputs that its params select."] : []),
    ...(spec.isOutput ? ["Runs by default: it is an output node."] : []),
    ...section("inputs", Object.entries(spec.inputs).map(portLine)),
    ...section("params", Object.entries(spec.params).map(paramLine)),
    ...section("outputs", Object.entries(spec.outputs).map(portLine)),
  ].join("\n");
}

/**
 * Runs `insightgraph nodes`. @returns the exit code. Throws: command.usage, graph.unknown-type and what loading node types throws.
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    nodes: { type: "string", multiple: true, default: [] },
    json: { type: "boolean", default: false },
  });
  const { registry } = await loadRegistry(values.nodes.map(fromCaller));
  const { catalogue } = registry;
  const [type] = positionals;
  if (type === undefined) {
    const width = Math.max(...Object.keys(catalogue).map((name) => name.length)) + 2;
    const lines = Object.values(catalogue).map((spec) => spec.type.padEnd(width) + spec.doc);
    console.log(values.json ? JSON.stringify(catalogue, null, 2) : lines.join("\n"));
    return exitCodes.done;
  }
  const spec = entryOf(catalogue, type);
  if (spec === undefined) {
    throw new EngineError("graph.unknown-type", `there is no node type "${type}"`, {
      hint: namesHint(type, Object.keys(catalogue)),
    });
  }
  console.log(values.json ? JSON.stringify(spec, null, 2) : describeType(spec));
  return exitCodes.done;
}
