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

/** Most lines that the preview of a list of texts shows. */
const maxLines = 100;

/** Joins previews: texts line by line; of pictures and shapes the first. */
export function joinPreviews(previews: readonly Preview[]): Preview | undefined {
  const [first] = previews;
  if (first?.kind !== "text") return first;
  const lines = previews.flatMap((preview) => (preview.kind === "text" ? [preview.text] : []));
  return { kind: "text", text: cutText(lines.slice(0, maxLines).join("\n")) };
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
  for (const item of itemsOf(value).slice(0, maxLines)) {
    const preview = await previewValue(portTypes, item, log);
    if (preview === undefined) break;
    found.push(preview);
    if (preview.kind !== "text") break;
  }
  return joinPreviews(found);
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
