import { entryOf, type GraphDocument, type Link } from "@insightgraph/engine/graph";
import { fileUrl } from "../../connection/files.ts";
import { toUrl } from "../../connection/preview-url.ts";
import type { RunRecord } from "../../connection/run-state.ts";
import { sourceOf } from "../../document/maker-of.ts";
import { findPictures } from "../../document/pictures.ts";
import { titleOf, toWords } from "../../document/variant.ts";
import { words } from "../../messages/messages.ts";
import type { EditorState } from "../../state/editor-state.ts";
import { labelOf, listedRuns } from "../run-names.ts";
import { digestAt, madePictures, runResult } from "../run-result.ts";
import { filePicture } from "../shown-pictures.ts";

/** A picture that can be looked at closely. */
export interface ViewPicture {
  /** Of its run and place, so that it stays chosen while runs go on. */
  readonly id: string;
  readonly label: string;
  readonly url: string;
  /** Whether it is a reduced one; its original was not saved. */
  readonly isPreview: boolean;
  /** The graph that made it. */
  readonly graph?: GraphDocument;
  /** Where the server keeps it, for nodes that open files. */
  readonly path?: string;
  /** Of a list: what the list is called. */
  readonly list?: string;
  /** How many pictures the list has, where not all of them are there. */
  readonly listTotal?: number;
}

/** All pictures of the runs that the page lists, newest run first: its result, its source, what it saved and what its nodes gave. */
export function viewPictures(state: EditorState): ViewPicture[] {
  return listedRuns(state)
    .toReversed()
    .flatMap((run) => picturesOf(run, state));
}

function picturesOf(run: RunRecord, state: EditorState): ViewPicture[] {
  const label = labelOf(run, state);
  const { source } = findPictures(run.graph, state.catalogue);
  const result = runResult(run, state.catalogue)?.link;
  const file = filePicture(run.graph, state.catalogue);
  const id = (place: string) => `${run.requestId} ${place}`;
  const { graph } = run;
  // What tells them apart comes first: a long name is cut at its end.
  const named = (name: string) => `${name} · ${label}`;
  const found = [
    result && pictureAt(run, result, { id: id("result"), label: named(words.result), graph }),
    file === undefined
      ? source && pictureAt(run, source, { id: id("source"), label: named(words.source) })
      : { ...file, id: id("source"), label: named(words.source), isPreview: false },
    ...savedPictures(run, state).map(({ path, ...list }) => ({
      ...savedPicture(path),
      ...list,
      id: id(path),
      label: named(path),
      graph,
    })),
    ...madePictures(run).flatMap((at) => {
      const place = id(`${at.node} ${at.output}`);
      return picturesAt(run, at, { id: place, label: named(titleAt(run, at, state)), graph });
    }),
  ];
  return found.filter((picture) => picture !== undefined);
}

function titleAt({ graph }: RunRecord, { node, output }: Link, { catalogue }: EditorState): string {
  const made = entryOf(graph.nodes, node);
  return `${made === undefined ? node : titleOf(made, catalogue)} · ${toWords(output)}`;
}

type About = Pick<ViewPicture, "id" | "label" | "graph">;

/** What an output gave: the file that a node saved of it, else the preview. */
function pictureAt(run: RunRecord, link: Link, about: About): ViewPicture | undefined {
  const saved = savedOf(run, link);
  if (saved !== undefined) return { ...savedPicture(saved), ...about };
  const state = run.nodes[link.node];
  const preview = state?.phase === "done" ? entryOf(state.previews, link.output) : undefined;
  if (preview?.kind !== "image") return undefined;
  return { ...about, url: toUrl(preview), isPreview: true };
}

/** All that an output gave: of a list that no node saved, every picture that came. */
function picturesAt(run: RunRecord, link: Link, about: About): (ViewPicture | undefined)[] {
  const state = run.nodes[link.node];
  const preview = state?.phase === "done" ? entryOf(state.previews, link.output) : undefined;
  if (preview?.kind !== "image" || preview.total === undefined || isSaved(run, link)) {
    return [pictureAt(run, link, about)];
  }
  const { total, others = [] } = preview;
  const pictures = [preview, ...others];
  const list = { list: about.label, ...(total > pictures.length ? { listTotal: total } : {}) };
  return pictures.map((picture, at) => ({
    ...about,
    ...list,
    id: `${about.id} ${at + 1}`,
    label: `${about.label} · ${words.ofTotal(at + 1, total)}`,
    url: toUrl(picture),
    isPreview: true,
  }));
}

function savedPicture(path: string): Pick<ViewPicture, "url" | "path" | "isPreview"> {
  return { url: fileUrl(path), path, isPreview: false };
}

/** The one file that a node saved of an output; of a list there are several, and none is the output. */
function savedOf(run: RunRecord, link: Link): string | undefined {
  const alone = savedFrom(run, link).find((files) => files.length === 1);
  return alone?.[0];
}

/** Whether a node saved an output, a picture or a list. */
function isSaved(run: RunRecord, link: Link): boolean {
  return savedFrom(run, link).some((files) => files.length > 0);
}

/** The pictures that each node saved which takes an output in, also through a node that hands it on. */
function savedFrom(run: RunRecord, of: Link): readonly (readonly string[])[] {
  const digest = digestAt(run, of);
  return Object.entries(run.graph.nodes).flatMap(([saver, { inputs = {} }]) => {
    const isOfOutput = Object.values(inputs)
      .map((input) => sourceOf(run.graph, input))
      .some(
        (from) =>
          (from.node === of.node && from.output === of.output) ||
          (digest !== undefined && digestAt(run, from) === digest),
      );
    return isOfOutput ? [(run.saved[saver] ?? []).filter(isPictureFile)] : [];
  });
}

/** The pictures that nodes saved; several of one node are a list. */
function savedPictures(
  run: RunRecord,
  state: EditorState,
): { readonly path: string; readonly list?: string }[] {
  return Object.entries(run.saved).flatMap(([id, files]) => {
    const pictures = files.filter(isPictureFile);
    const node = entryOf(run.graph.nodes, id);
    const title = node === undefined ? id : titleOf(node, state.catalogue);
    const list = pictures.length > 1 ? { list: `${title} · ${labelOf(run, state)}` } : {};
    return pictures.map((path) => ({ path, ...list }));
  });
}

function isPictureFile(path: string): boolean {
  return /\.(png|jpe?g|webp)$/i.test(path);
}
