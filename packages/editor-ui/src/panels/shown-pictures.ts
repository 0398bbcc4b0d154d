import type { GraphDocument, Link, NodeCatalogue } from "@insightgraph/engine/graph";
import { entryOf } from "@insightgraph/engine/graph";
import { fileUrl } from "../connection/files.ts";
import { toUrl } from "../connection/preview-url.ts";
import { isUnderWay, type RunRecord } from "../connection/run-state.ts";
import { sourceOf } from "../document/levels.ts";
import { findPictures } from "../document/pictures.ts";
import { seedOf, settingOf } from "../document/variant.ts";
import { words } from "../messages/messages.ts";
import { documentOf, type EditorState } from "../state/editor-state.ts";
import type { ShownPicture } from "./compare-slider.tsx";

/** Two pictures to compare; with one of them, it is shown alone. */
export interface ShownPair {
  readonly before?: ShownPicture;
  readonly after?: ShownPicture;
}

/** What the inspector compares: two picked runs, one picked run with its source, or the latest. */
export function shownPair(state: EditorState): ShownPair {
  const [first, second] = state.picked.map((id) => state.runs.find((run) => run.requestId === id));
  if (first !== undefined && second !== undefined) {
    return pair(namedResult(first, state), namedResult(second, state));
  }
  if (first !== undefined) return pair(sourcePicture(first, state), namedResult(first, state));
  const latest = state.runs.findLast((run) => resultOf(run, state.catalogue) !== undefined);
  const source = filePicture(documentOf(state), state.catalogue);
  if (latest === undefined) return pair(source, undefined);
  return pair(sourcePicture(latest, state) ?? source, resultOf(latest, state.catalogue));
}

/** The files that the run wrote which the inspector shows: the one picked last, or the latest. */
export function shownFiles({ picked, runs }: EditorState): readonly string[] {
  const last = picked.at(-1);
  const run = last === undefined ? runs.at(-1) : runs.find((each) => each.requestId === last);
  return Object.values(run?.saved ?? {}).flat();
}

/** The picture a run made, or is making: the live preview stands in until the result is there. */
export function resultOf(run: RunRecord, catalogue: NodeCatalogue): ShownPicture | undefined {
  const result = pictureAt(run, findPictures(run.graph, catalogue).result);
  if (result !== undefined) return { url: result, label: words.result };
  if (!isUnderWay(run)) return undefined;
  for (const node of Object.values(run.nodes)) {
    if (node.phase !== "running" || node.preview?.kind !== "image") continue;
    const step = node.progress === undefined ? words.inProgress : words.stepOf(node.progress.done);
    return { url: toUrl(node.preview), label: step };
  }
  return undefined;
}

/** What a run is called: how its graph differs from the opened one, and its seed. */
export function labelOf({ graph, variant }: RunRecord, { catalogue }: EditorState): string {
  const seed = seedOf(graph, catalogue);
  return seed === undefined ? variant : `${variant} · ${words.seed(seed)}`;
}

function namedResult(run: RunRecord, state: EditorState): ShownPicture | undefined {
  const result = resultOf(run, state.catalogue);
  return result === undefined ? undefined : { url: result.url, label: labelOf(run, state) };
}

function sourcePicture(run: RunRecord, { catalogue }: EditorState): ShownPicture | undefined {
  const url = pictureAt(run, findPictures(run.graph, catalogue).source);
  return url === undefined ? filePicture(run.graph, catalogue) : { url, label: words.source };
}

/** The file a graph starts from, before any run has read it. */
export function filePicture(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
): ShownPicture | undefined {
  const node = entryOf(graph.nodes, findPictures(graph, catalogue).source?.node ?? "");
  const params = Object.entries(entryOf(catalogue, node?.type ?? "")?.params ?? {});
  for (const [name, spec] of params) {
    if (node === undefined || spec.kind !== "file") continue;
    const path = settingOf(node, name, spec);
    if (typeof path === "string" && path !== "") return { url: fileUrl(path), label: words.source };
  }
  return undefined;
}

function pictureAt(run: RunRecord, link: Link | undefined): string | undefined {
  if (link === undefined) return undefined;
  const source = sourceOf(run.graph, link);
  const node = entryOf(run.nodes, source.node);
  if (node?.phase !== "done") return undefined;
  const preview = entryOf(node.previews, source.output);
  return preview?.kind === "image" ? toUrl(preview) : undefined;
}

function pair(before: ShownPicture | undefined, after: ShownPicture | undefined): ShownPair {
  return {
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}
