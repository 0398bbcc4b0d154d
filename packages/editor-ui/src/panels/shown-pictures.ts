import {
  entryOf,
  type GraphDocument,
  type Link,
  type NodeCatalogue,
} from "@insightgraph/engine/graph";
import { fileUrl } from "../connection/files.ts";
import { toUrl } from "../connection/preview-url.ts";
import { isUnderWay, type RunRecord } from "../connection/run-state.ts";
import { sourceOf } from "../document/maker-of.ts";
import { findPictures } from "../document/pictures.ts";
import { compareWork } from "../document/same-work.ts";
import { settingOf, titleOf, toWords } from "../document/variant.ts";
import { words } from "../messages/messages.ts";
import { documentOf, type EditorState } from "../state/editor-state.ts";
import type { ShownPicture } from "./compare-slider.tsx";
import { labelOf, ownRuns } from "./run-names.ts";
import { runResult } from "./run-result.ts";

/** Two pictures to compare; with one of them, it is shown alone. */
export interface ShownPair {
  readonly before?: ShownPicture;
  readonly after?: ShownPicture;
  /** Why there is no result, or whose it is. */
  readonly note?: string;
}

/** What the inspector compares: two picked runs, one picked run with its source, or the latest. */
export function shownPair(state: EditorState): ShownPair {
  const [first, second] = state.picked.map((id) => state.runs.find((run) => run.requestId === id));
  if (first !== undefined && second !== undefined) {
    return pair(namedResult(first, state), namedResult(second, state));
  }
  if (first !== undefined) {
    const after = namedResult(first, state);
    return pair(sourcePicture(first, state), after, after === undefined ? noResult(first) : "");
  }
  return latestPair(state);
}

/** The files that the run wrote which the inspector shows: the one picked last, or the latest. */
export function shownFiles(state: EditorState): readonly string[] {
  const last = state.picked.at(-1);
  const run =
    last === undefined
      ? ownRuns(state).at(-1)
      : state.runs.find(({ requestId }) => requestId === last);
  return Object.values(run?.saved ?? {}).flat();
}

/** The picture a run made, or is making: the live preview stands in until the result is there. */
export function resultOf(run: RunRecord, catalogue: NodeCatalogue): ShownPicture | undefined {
  const result = runResult(run, catalogue);
  if (result?.isMain === true || !isUnderWay(run))
    return result && madeResult(run, result, catalogue);
  for (const node of Object.values(run.nodes)) {
    if (node.phase !== "running" || node.preview?.kind !== "image") continue;
    const step = node.progress === undefined ? words.inProgress : words.stepOf(node.progress.done);
    return { url: toUrl(node.preview), label: step };
  }
  return undefined;
}

/** The file a graph starts from, before any run has read it. */
export function filePicture(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
): ShownPicture | undefined {
  const node = entryOf(graph.nodes, findPictures(graph, catalogue).source?.node ?? "");
  const params = Object.entries(entryOf(catalogue, node?.type ?? "")?.params ?? {});
  for (const [name, spec] of params) {
    if (node === undefined || spec.kind !== "file" || spec.purpose !== "open") continue;
    const path = settingOf(node, name, spec);
    if (typeof path === "string" && path !== "") return { url: fileUrl(path), label: words.source };
  }
  return undefined;
}

/** The document's source as it is now, with what the latest run made of it. */
function latestPair(state: EditorState): ShownPair {
  const { catalogue } = state;
  const file = filePicture(documentOf(state), catalogue);
  const run = ownRuns(state).findLast(({ phase }) => phase !== "rejected" && phase !== "queued");
  if (run === undefined) return pair(file, undefined);
  const source = sourcePicture(run, state);
  if (file !== undefined && file.url !== filePicture(run.graph, catalogue)?.url) {
    return pair(file, undefined, words.sourceChanged);
  }
  const after = resultOf(run, catalogue);
  if (after !== undefined) return pair(source ?? file, isStale(run, state) ? stale(after) : after);
  return isUnderWay(run) ? earlierPair(state) : pair(source ?? file, undefined, noResult(run));
}

/** Until a run shows anything, the result before it stays in sight, as such. */
function earlierPair(state: EditorState): ShownPair {
  const run = ownRuns(state).findLast((each) => resultOf(each, state.catalogue) !== undefined);
  const after = run && resultOf(run, state.catalogue);
  const before = run && sourcePicture(run, state);
  return pair(
    before ?? filePicture(documentOf(state), state.catalogue),
    after && { ...after, label: words.earlierResult },
  );
}

function isStale(run: RunRecord, state: EditorState): boolean {
  const [outer = ""] = runResult(run, state.catalogue)?.link.node.split("/") ?? [];
  return outer !== "" && !compareWork(documentOf(state), run.graph)(outer);
}

function stale({ url }: ShownPicture): ShownPicture {
  return { url, label: words.staleResult };
}

function noResult({ phase }: RunRecord): string {
  return phase === "finished" ? words.noPictureMade : words.noPictureYet(words.runPhase[phase]);
}

/** The graph's result is called that; any other picture is called after what made it. */
function madeResult(
  run: RunRecord,
  { link, isMain }: { readonly link: Link; readonly isMain: boolean },
  catalogue: NodeCatalogue,
): ShownPicture | undefined {
  const url = pictureAt(run, link);
  if (url === undefined) return undefined;
  if (isMain) return { url, label: words.result };
  const made = entryOf(run.graph.nodes, link.node);
  const title = made === undefined ? link.node : titleOf(made, catalogue);
  return { url, label: `${title} · ${toWords(link.output)}` };
}

function namedResult(run: RunRecord, state: EditorState): ShownPicture | undefined {
  const result = resultOf(run, state.catalogue);
  return result === undefined ? undefined : { url: result.url, label: labelOf(run, state) };
}

function sourcePicture(run: RunRecord, { catalogue }: EditorState): ShownPicture | undefined {
  const { source } = findPictures(run.graph, catalogue);
  const url = source && pictureAt(run, sourceOf(run.graph, source));
  return url === undefined ? filePicture(run.graph, catalogue) : { url, label: words.source };
}

function pictureAt(run: RunRecord, { node, output }: Link): string | undefined {
  const state = entryOf(run.nodes, node);
  if (state?.phase !== "done") return undefined;
  const preview = entryOf(state.previews, output);
  return preview?.kind === "image" ? toUrl(preview) : undefined;
}

function pair(
  before: ShownPicture | undefined,
  after: ShownPicture | undefined,
  note = "",
): ShownPair {
  return {
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    ...(note === "" ? {} : { note }),
  };
}
