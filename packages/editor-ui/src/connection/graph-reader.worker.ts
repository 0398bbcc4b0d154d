import type { GraphDocument } from "@insightgraph/engine/graph";
import { type GraphSize, GraphTooLargeError, readGraph } from "./read-graph.ts";

/** What the thread that reads files answers. */
export type GraphReading =
  | { readonly graph: GraphDocument | undefined }
  | { readonly tooLarge: GraphSize }
  | { readonly fault: { readonly what: string; readonly hint: string } };

async function answer(file: File): Promise<GraphReading> {
  try {
    return { graph: await readGraph(file) };
  } catch (thrown) {
    if (thrown instanceof GraphTooLargeError) return { tooLarge: thrown.size };
    const {
      message,
      what = message,
      hint = "",
    } = thrown as Error & {
      readonly what?: string;
      readonly hint?: string;
    };
    return { fault: { what, hint } };
  }
}

addEventListener("message", async ({ data }: MessageEvent<File>) =>
  postMessage(await answer(data)),
);
