import {
  entryOf,
  type GraphBody,
  type GraphInput,
  type GraphNode,
  graphInputs,
  type Link,
  subgraphType,
} from "@insightgraph/engine/graph";
import type { Draft } from "immer";
import type { GraphDraft, GraphEdit } from "./edits.ts";
import { createNodeId } from "./node-id.ts";

/** One port of a subgraph, or a param of it. */
export interface SubgraphPort {
  readonly side: "inputs" | "outputs";
  readonly port: string;
}

/** Calls a port of a subgraph otherwise, wherever it is used; a name that is taken gets a number. */
export function renamePort(name: string, { side, port }: SubgraphPort, wanted: string): GraphEdit {
  return (draft) => {
    const table = draft.graphs?.[name]?.[side];
    const trimmed = wanted.trim();
    if (
      table === undefined ||
      entryOf(table, port) === undefined ||
      trimmed === "" ||
      trimmed === port
    ) {
      return;
    }
    const to = createNodeId(trimmed, new Set(Object.keys(table)));
    renameKey(table, port, to);
    changeUses(draft, name, { side, port }, to);
  };
}

/** Takes a port away from a subgraph, with every link to it. */
export function removePort(name: string, { side, port }: SubgraphPort): GraphEdit {
  return (draft) => {
    const table = draft.graphs?.[name]?.[side];
    if (table === undefined) return;
    delete table[port];
    forgetPort(draft, name, { side, port });
  };
}

/** Takes away what is linked to a port that a subgraph no longer has, and the ports of others that this ends. */
export function forgetPort(draft: GraphDraft, name: string, port: SubgraphPort): void {
  const before = portsOf(draft);
  changeUses(draft, name, port, undefined);
  const after = new Set(portsOf(draft).map(([key]) => key));
  for (const [key, user, lost] of before) if (!after.has(key)) forgetPort(draft, user, lost);
}

/** Every port of every subgraph, with a key of its own. */
function portsOf(draft: GraphDraft): (readonly [key: string, name: string, port: SubgraphPort])[] {
  return Object.entries(draft.graphs ?? {}).flatMap(([name, body]) =>
    (["inputs", "outputs"] as const).flatMap((side) =>
      Object.keys(body[side] ?? {}).map(
        (port) => [JSON.stringify([name, side, port]), name, { side, port }] as const,
      ),
    ),
  );
}

/** Follows a port's new name, or its end, inside the subgraph and at every node that runs it. */
function changeUses(
  draft: GraphDraft,
  name: string,
  { side, port }: SubgraphPort,
  to: string | undefined,
): void {
  const own = draft.graphs?.[name];
  if (side === "inputs" && own !== undefined) changeLinks(own, new Set([graphInputs]), port, to);
  for (const body of [draft, ...Object.values(draft.graphs ?? {})]) {
    const users = Object.entries(body.nodes).filter(([, { type }]) => type === subgraphType(name));
    if (side === "outputs") changeLinks(body, new Set(users.map(([id]) => id)), port, to);
    else for (const [id, node] of users) changeInput(body, id, node, port, to);
  }
}

type Body = Draft<GraphBody>;

function changeLinks(body: Body, from: ReadonlySet<string>, port: string, to: string | undefined) {
  const isIts = (link: Draft<Link>) => from.has(link.node) && link.output === port;
  for (const node of Object.values(body.nodes)) {
    for (const [input, link] of Object.entries(node.inputs ?? {})) {
      if (!isIts(link)) continue;
      if (to === undefined) delete node.inputs?.[input];
      else link.output = to;
    }
  }
  for (const [output, link] of Object.entries(body.outputs ?? {})) {
    if (!isIts(link)) continue;
    if (to === undefined) delete body.outputs?.[output];
    else link.output = to;
  }
}

function changeInput(
  body: Body,
  id: string,
  node: Draft<GraphNode>,
  port: string,
  to: string | undefined,
): void {
  for (const table of [node.inputs, node.params]) {
    if (table === undefined || !Object.hasOwn(table, port)) continue;
    if (to === undefined) delete (table as Record<string, unknown>)[port];
    else renameKey(table as Record<string, unknown>, port, to);
  }
  for (const [label, input] of Object.entries<Draft<GraphInput>>(body.inputs ?? {})) {
    if (!("param" in input) || input.node !== id || input.param !== port) continue;
    if (to === undefined) delete body.inputs?.[label];
    else input.param = to;
  }
}

/** Renames a key and keeps its place. */
function renameKey(table: Record<string, unknown>, from: string, to: string): void {
  for (const [key, value] of Object.entries(table)) {
    delete table[key];
    table[key === from ? to : key] = value;
  }
}
