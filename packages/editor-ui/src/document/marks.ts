import type { GraphDocument, Json, JsonObject } from "@insightgraph/engine/graph";
import type { Draft } from "immer";
import { type Box, furthest } from "./boxes.ts";
import type { GraphDraft, GraphEdit } from "./edits.ts";
import { createNodeId } from "./node-id.ts";

/** The colours a frame may have: those of the port roles. */
export const frameColours = ["model", "image", "mask", "text", "condition", "latent"] as const;

/** A colour of a frame. */
export type FrameColour = (typeof frameColours)[number];

/** What people put on the canvas beside nodes: a frame around some, or a note. */
export type Mark =
  | (Box & {
      readonly kind: "frame";
      readonly id: string;
      readonly title: string;
      readonly colour: FrameColour;
    })
  | (Box & { readonly kind: "note"; readonly id: string; readonly text: string });

/** A mark by its kind and its id. */
export type MarkName = Pick<Mark, "kind" | "id">;

const tables = { frame: "frames", note: "notes" } as const;

/** Frames and notes of a graph: what its `ui` holds of them, as far as it makes sense. */
export function marksOf(ui: GraphDocument["ui"]): Mark[] {
  const frames = entriesOf(ui?.["frames"]).map(([id, value]): Mark => {
    const colour = frameColours.find((one) => one === value["colour"]) ?? "model";
    return { kind: "frame", id, title: textOf(value["title"]), colour, ...boxOf(value) };
  });
  const notes = entriesOf(ui?.["notes"]).map(
    ([id, value]): Mark => ({ kind: "note", id, text: textOf(value["text"]), ...boxOf(value) }),
  );
  return [...frames, ...notes];
}

/** The mark of that name, if the graph has it. */
export function markOf(graph: Pick<GraphDocument, "ui">, { kind, id }: MarkName): Mark | undefined {
  return marksOf(graph.ui).find((mark) => mark.kind === kind && mark.id === id);
}

/** A free id for another mark of a kind. */
export function createMarkId({ ui }: Pick<GraphDocument, "ui">, kind: Mark["kind"]): string {
  return createNodeId(kind, new Set(entriesOf(ui?.[tables[kind]]).map(([id]) => id)));
}

/** Puts a mark on the canvas, or another one in its place. */
export function putMark({ kind, id, x, y, width, height, ...rest }: Mark): GraphEdit {
  const box = { x, y, width, height };
  const rounded = Object.entries(box).map(([name, value]) => [name, Math.round(value)] as const);
  return (draft) => {
    const table = tableOf(draft, kind);
    table[id] = { ...rest, ...Object.fromEntries(rounded) } as Draft<Json>;
  };
}

/** Takes a mark off the canvas; what a frame holds stays. */
export function removeMark({ kind, id }: MarkName): GraphEdit {
  return (draft) => {
    const table = draft.ui?.[tables[kind]];
    if (typeof table !== "object" || table === null || Array.isArray(table)) return;
    delete (table as Record<string, unknown>)[id];
  };
}

function tableOf(draft: GraphDraft, kind: Mark["kind"]): Record<string, Draft<Json>> {
  draft.ui ??= {};
  const known = draft.ui[tables[kind]];
  if (typeof known === "object" && known !== null && !Array.isArray(known)) {
    return known as Record<string, Draft<Json>>;
  }
  const table: Record<string, Draft<Json>> = {};
  draft.ui[tables[kind]] = table;
  return table;
}

function entriesOf(table: Json | undefined): [string, JsonObject][] {
  if (!isObject(table)) return [];
  return Object.entries(table).flatMap(([id, value]) => (isObject(value) ? [[id, value]] : []));
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function boxOf(value: JsonObject): Box {
  const size = (name: string) => Math.max(smallest, numberOf(value[name]));
  return {
    x: numberOf(value["x"]),
    y: numberOf(value["y"]),
    width: size("width"),
    height: size("height"),
  };
}

/** A smaller mark could not be taken hold of, in px. */
const smallest = 48;

function numberOf(value: Json | undefined): number {
  if (typeof value !== "number" || !Number.isFinite(value)) return 0;
  return Math.min(furthest, Math.max(-furthest, value));
}
