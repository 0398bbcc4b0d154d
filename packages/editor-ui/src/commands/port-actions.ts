import { entryOf } from "@insightgraph/engine/graph";
import { disconnect, type GraphEdit } from "../document/edits.ts";
import { toggleOutputName } from "../document/graph-names.ts";
import { isPortNode } from "../document/levels.ts";
import { linksOf } from "../document/links.ts";
import type { PortEnd } from "../document/port-end.ts";
import { graphOf } from "../state/editor-state.ts";
import type { Action, ActionCall } from "./action.ts";
import { placeForNew } from "./selected.ts";

/** What the menu of a port offers. */
export const portActions = {
  addAtPort: {
    keys: [],
    menus: ["port"],
    isPossible: (call) => portOf(call) !== undefined,
    run(call) {
      const from = portOf(call);
      if (from === undefined) return;
      call.editor.openSearch({ ...placeForNew(call), task: { kind: "add", from } });
    },
  },
  unlinkPort: {
    keys: [],
    menus: ["port"],
    isPossible: (call) => linksAt(call).length > 0,
    run: (call) => call.editor.edit(all(linksAt(call).map(disconnect))),
  },
  nameOutput: {
    keys: [],
    menus: ["port"],
    isPossible: (call) => {
      const end = portOf(call);
      const { level } = call.editor.store.get();
      return end?.side === "output" && level.length === 0 && !isPortNode(end.node);
    },
    run(call) {
      const end = portOf(call);
      if (end === undefined) return;
      call.editor.edit(toggleOutputName({ node: end.node, output: end.port }));
    },
  },
} satisfies Record<string, Action>;

function portOf({ target }: ActionCall): PortEnd | undefined {
  return target?.kind === "port" ? target.end : undefined;
}

/** The inputs in which the links of the port end. */
function linksAt(call: ActionCall) {
  const end = portOf(call);
  if (end === undefined) return [];
  const graph = graphOf(call.editor.store.get());
  if (end.side === "input") {
    const isLinked = entryOf(entryOf(graph.nodes, end.node)?.inputs, end.port) !== undefined;
    return isLinked ? [{ node: end.node, input: end.port }] : [];
  }
  return linksOf(graph)
    .filter(({ source, output }) => source === end.node && output === end.port)
    .map(({ target: node, input }) => ({ node, input }));
}

function all(edits: readonly GraphEdit[]): GraphEdit {
  return (draft) => {
    for (const edit of edits) edit(draft);
  };
}
