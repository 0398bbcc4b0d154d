import { type RefObject, useEffect, useRef, useState } from "react";
import { runBeside } from "../../connection/run-beside.ts";
import { nodeOf } from "../../document/edits.ts";
import {
  type OutlinePlace,
  outlineEnd,
  outlineGraph,
  type Segmenter,
} from "../../document/outline-graph.ts";
import { columnRuns } from "../../document/run-lengths.ts";
import { words } from "../../messages/messages.ts";
import type { Editor } from "../../state/editor.ts";
import { graphOf } from "../../state/editor-state.ts";
import { failure } from "../../state/failure.ts";

/** How far the search for an outline is; undefined where there is none and the last one went well. */
export type OutlineProgress =
  | { readonly phase: "waiting" | "running" }
  | { readonly phase: "failed"; readonly why: string };

/** Searches for outlines in the picture that a node opens, one at a time. */
export interface Outlines {
  readonly progress: OutlineProgress | undefined;
  /** Gives the object at a place to `take`, drawn in one colour on nothing. */
  find(
    segmenter: Segmenter,
    place: OutlinePlace,
    colour: string,
    take: (picture: HTMLCanvasElement) => void,
  ): Promise<void>;
  cancel(): void;
}

/** @param id The node that opens the picture. */
export function useOutlines(editor: Editor, id: string): Outlines {
  const [progress, setProgress] = useState<OutlineProgress>();
  const search: RefObject<AbortController | undefined> = useRef(undefined);
  // What nobody waits for is not worth its time.
  useEffect(() => () => search.current?.abort(), []);
  return {
    progress,
    cancel: () => search.current?.abort(),
    async find(segmenter, place, colour, take) {
      search.current?.abort();
      const own = new AbortController();
      search.current = own;
      const tell = (isQueued: boolean) => {
        if (!own.signal.aborted) setProgress({ phase: isQueued ? "waiting" : "running" });
      };
      tell(true);
      try {
        const code = await outlineAt(editor, id, segmenter, place, own.signal, tell);
        if (own.signal.aborted) return;
        take(drawn(code, colour));
        setProgress(undefined);
      } catch (thrown) {
        if (search.current !== own) return;
        const why = failure(thrown).text;
        setProgress(own.signal.aborted ? undefined : { phase: "failed", why });
      }
    },
  };
}

async function outlineAt(
  editor: Editor,
  id: string,
  segmenter: Segmenter,
  place: OutlinePlace,
  signal: AbortSignal,
  tell: (isQueued: boolean) => void,
): Promise<string> {
  const state = editor.store.get();
  const opener = nodeOf(graphOf(state), id);
  const graph = opener && outlineGraph(state.catalogue, opener, segmenter, place);
  if (graph === undefined) throw new Error(words.noMaskNode);
  const previews = await runBeside(graph, signal, tell);
  const preview = previews.get(outlineEnd.node)?.[outlineEnd.output];
  return preview?.kind === "text" ? preview.text : "";
}

/** Throws: where the outline is too long to be sent whole. */
function drawn(code: string, colour: string): HTMLCanvasElement {
  const mask = columnRuns(code);
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  if (mask === undefined || context === null) throw new Error(words.outlineTooLong);
  Object.assign(canvas, { width: mask.width, height: mask.height });
  context.fillStyle = colour;
  for (const { x, y, height } of mask.runs) context.fillRect(x, y, 1, height);
  return canvas;
}
