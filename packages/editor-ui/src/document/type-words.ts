import { containerOf, elementOf } from "@insightgraph/engine/graph";
import { typeName } from "../messages/catalogue-names.ts";
import { words } from "../messages/messages.ts";

/** What a port type is called: `list of model.clip-text` reads as "list of clip text model". */
export function typeWords(type: string): string {
  const container = containerOf(type);
  if (container !== undefined) return words.containers[container](typeWords(elementOf(type)));
  return typeName(type) ?? type.split(".").reverse().join(" ").replaceAll("-", " ");
}
