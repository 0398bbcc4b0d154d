import { entryOf, innermostOf } from "@insightgraph/engine/graph";
import { toUrl } from "../../connection/preview-url.ts";
import { runsOfDocument } from "../../connection/run-state.ts";
import { titleOf, toWords } from "../../document/variant.ts";
import type { EditorState } from "../../state/editor-state.ts";
import { madePictures } from "../run-result.ts";

/** A mask that a node made, such as one that segments a picture. */
export interface MadeMask {
  readonly label: string;
  readonly url: string;
}

/** The masks of the latest run of the document that made any. */
export function madeMasks(state: EditorState): readonly MadeMask[] {
  const runs = runsOfDocument(state.runs, state.document?.id).toReversed();
  for (const run of runs) {
    const masks = madePictures(run).flatMap(({ node: id, output }): MadeMask[] => {
      const node = entryOf(run.graph.nodes, id);
      const port = entryOf(entryOf(state.catalogue, node?.type ?? "")?.outputs, output);
      const made = entryOf(run.nodes, id);
      const preview = made?.phase === "done" ? entryOf(made.previews, output) : undefined;
      if (node === undefined || preview?.kind !== "image") return [];
      if (port === undefined || innermostOf(port.type) !== "mask") return [];
      const label = `${titleOf(node, state.catalogue)} (${id}) · ${toWords(output)}`;
      return [{ label, url: toUrl(preview) }];
    });
    if (masks.length > 0) return masks;
  }
  return [];
}
