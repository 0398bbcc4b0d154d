import type { GraphDocument } from "@insightgraph/engine/graph";
import { entryOf } from "@insightgraph/engine/graph";
import { ClassicPreset, type NodeEditor } from "rete";
import type { InputEnd } from "../document/edits.ts";
import type { Area, ReteConnection, Schemes } from "./rete-schemes.ts";

/** A link's id in Rete: inputs take one link, so the input names it. */
export function toLinkId({ node, input }: InputEnd): string {
  return `${node} ${input}`;
}

/** Makes Rete show what the document says: nodes, their places and their links. */
export async function syncGraph(
  graph: GraphDocument,
  editor: NodeEditor<Schemes>,
  area: Area,
): Promise<void> {
  const links = linksOf(graph);
  for (const shown of editor.getConnections()) {
    const wanted = links.get(shown.id);
    const isSame = wanted?.source === shown.source && wanted.sourceOutput === shown.sourceOutput;
    if (!isSame) await editor.removeConnection(shown.id);
  }
  for (const { id } of editor.getNodes()) {
    if (entryOf(graph.nodes, id) === undefined) await editor.removeNode(id);
  }
  for (const [id, { ui }] of Object.entries(graph.nodes)) {
    if (editor.getNode(id) === undefined) await editor.addNode(createReteNode(id));
    const at = { x: ui?.x ?? 0, y: ui?.y ?? 0 };
    const shown = area.nodeViews.get(id)?.position;
    if (shown?.x !== at.x || shown.y !== at.y) await area.translate(id, at);
  }
  for (const link of links.values()) {
    if (editor.getConnection(link.id) === undefined) await editor.addConnection(link);
  }
}

/** Ports are drawn from the catalogue, so Rete's own node stays bare. */
function createReteNode(id: string): ClassicPreset.Node {
  const node = new ClassicPreset.Node(id);
  node.id = id;
  return node;
}

function linksOf(graph: GraphDocument): Map<string, ReteConnection> {
  const links = new Map<string, ReteConnection>();
  for (const [target, { inputs }] of Object.entries(graph.nodes)) {
    for (const [targetInput, { node: source, output: sourceOutput }] of Object.entries(
      inputs ?? {},
    )) {
      if (entryOf(graph.nodes, source) === undefined) continue;
      const id = toLinkId({ node: target, input: targetInput });
      links.set(id, { id, source, sourceOutput, target, targetInput });
    }
  }
  return links;
}
