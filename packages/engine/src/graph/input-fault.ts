import { entryOf } from "./catalogue.ts";
import { type GraphInput, isParamInput, isPortInput, type OutputInput } from "./document.ts";
import { dangling, type LinkFault, startFault, type ValidationContext } from "./link-fault.ts";
import { innermostOf, isVariable } from "./port-type.ts";
import type { GraphTyping } from "./resolve-types.ts";
import { nodeById } from "./wiring.ts";

function typeFault(what: string): LinkFault {
  const hint = "Name the port type, such as image or list of image.";
  return { code: "graph.port-type", what, hint };
}

function outputFault(
  context: ValidationContext,
  { typeOf }: GraphTyping,
  input: OutputInput,
): LinkFault | undefined {
  const from = nodeById(context.graph, input.node);
  const fault = startFault(context, { link: input, from });
  if (fault !== undefined || from === undefined) return fault;
  const spec = entryOf(context.catalogue, from.node.type);
  if (spec === undefined || from.node.version < spec.version) return undefined;
  if (typeOf(input) !== undefined) return undefined;
  const what = `the type of ${input.node}.${input.output} is not known`;
  return { code: "graph.port-type", what, hint: "Connect the node, or name another output." };
}

/** What is wrong with a graph's named input; undefined where nothing is. */
export function inputFault(
  context: ValidationContext,
  typing: GraphTyping,
  input: GraphInput,
): LinkFault | undefined {
  if (isPortInput(input)) {
    if (!isVariable(innermostOf(input.type))) return undefined;
    return typeFault(`a graph's input cannot have the type ${input.type}`);
  }
  if (!isParamInput(input)) return outputFault(context, typing, input);
  const node = entryOf(context.graph.nodes, input.node);
  if (node === undefined) {
    const hint = context.hints.names(input.node, () => context.nodeIds);
    return dangling(`there is no node "${input.node}"`, hint);
  }
  const spec = entryOf(context.catalogue, node.type);
  if (spec === undefined || node.version < spec.version) return undefined;
  if (entryOf(spec.params, input.param) !== undefined) return undefined;
  const what = `${input.node} (${node.type}) has no param "${input.param}"`;
  return dangling(
    what,
    context.hints.names(input.param, () => Object.keys(spec.params)),
  );
}
