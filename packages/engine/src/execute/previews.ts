import { containerOf } from "../graph/port-type.ts";
import type { Preview } from "../node/preview.ts";
import type { RunContext } from "../node/run-context.ts";
import { cutText } from "./cut-text.ts";
import type { RunState } from "./run-state.ts";
import { itemsOf, type Value } from "./value.ts";

function cut(preview: Preview | undefined): Preview | undefined {
  if (preview === undefined || preview.kind === "image") return preview;
  return { ...preview, text: cutText(preview.text) };
}

/** A preview of a plain value; undefined where its type has none or making it fails. */
export async function previewOf(
  portTypes: RunState["portTypes"],
  type: string,
  value: unknown,
  log: RunContext["log"],
): Promise<Preview | undefined> {
  try {
    return cut(await portTypes.get(type)?.preview?.(value));
  } catch (error) {
    log(`no preview of a ${type}: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

/** Most items of a list that its preview shows. */
export const maxItems = 100;
/** Most characters of the pictures after the first, in base64. */
const maxPictureCharacters = 2_000_000;

type PicturePreview = Extract<Preview, { readonly kind: "image" }>;

/**
 * Joins the previews of a list: its texts line by line, its pictures one after the other, the first of its shapes.
 * @param total How many items there are, previewed or not.
 */
export function joinPreviews(previews: readonly Preview[], total: number): Preview | undefined {
  const [first] = previews;
  if (first?.kind === "text") {
    const lines = previews.flatMap((preview) => (preview.kind === "text" ? [preview.text] : []));
    return { kind: "text", text: cutText(lines.slice(0, maxItems).join("\n")) };
  }
  if (first?.kind !== "image") return first;
  return joinPictures(
    previews.filter((preview) => preview.kind === "image"),
    total,
  );
}

/** Each item may be a list of pictures itself. */
function joinPictures(previews: readonly PicturePreview[], items: number): PicturePreview {
  const pictures = previews.flatMap(({ mime, base64, others = [] }) => [
    { mime, base64 },
    ...others,
  ]);
  const [first = { mime: "", base64: "" }, ...rest] = pictures;
  let room = maxPictureCharacters;
  const others = rest.slice(0, maxItems - 1).filter(({ base64 }) => {
    room -= base64.length;
    return room >= 0;
  });
  const unseen = items - previews.length;
  const total = previews.reduce((sum, preview) => sum + (preview.total ?? 1), unseen);
  return { kind: "image", ...first, others, total };
}

async function previewValue(
  portTypes: RunState["portTypes"],
  value: Value,
  log: RunContext["log"],
): Promise<Preview | undefined> {
  if (!("value" in value)) return undefined;
  if (containerOf(value.portType) !== "list") {
    return previewOf(portTypes, value.portType, value.value, log);
  }
  const found: Preview[] = [];
  const items = itemsOf(value);
  for (const item of items.slice(0, maxItems)) {
    const preview = await previewValue(portTypes, item, log);
    if (preview === undefined) break;
    found.push(preview);
    if (preview.kind === "shape") break;
  }
  return joinPreviews(found, items.length);
}

/** Previews by output name, for the values that have one. */
export async function previewsOf(
  portTypes: RunState["portTypes"],
  outputs: Readonly<Record<string, Value>>,
  log: RunContext["log"],
): Promise<Record<string, Preview>> {
  const previews: Record<string, Preview> = {};
  for (const [name, value] of Object.entries(outputs)) {
    const preview = await previewValue(portTypes, value, log);
    if (preview !== undefined) previews[name] = preview;
  }
  return previews;
}
