import { stringifyGraph } from "@insightgraph/engine/graph";
import { graphKeyword, isPng, readPngText, withPngTexts } from "@insightgraph/engine/png";
import type { ViewPicture } from "./view-pictures.ts";

/** A picture as a PNG file that carries the graph that made it. */
export async function pictureFile({ url, label, graph }: ViewPicture): Promise<File> {
  const png = await toPng(await readBlob(url));
  const name = `${label.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "")}.png`;
  const isWhole = graph === undefined || (await readPngText(png, graphKeyword)) !== undefined;
  const bytes = isWhole ? png : withPngTexts(png, { [graphKeyword]: stringifyGraph(graph) });
  return new File([new Uint8Array(bytes)], name, { type: "image/png" });
}

/** A PNG stays byte for byte, with the manifest that it may carry. */
async function toPng(blob: Blob): Promise<Uint8Array> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  if (isPng(bytes)) return bytes;
  const picture = await createImageBitmap(blob);
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  canvas.getContext("2d")?.drawImage(picture, 0, 0);
  const drawn = await canvas.convertToBlob({ type: "image/png" });
  return new Uint8Array(await drawn.arrayBuffer());
}

/** The page may not fetch what an address itself contains, so that is decoded here. */
async function readBlob(url: string): Promise<Blob> {
  const [, mime = "", base64] = /^data:([^;]+);base64,(.*)$/.exec(url) ?? [];
  if (base64 === undefined) return (await fetch(url)).blob();
  return new Blob([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))], { type: mime });
}
