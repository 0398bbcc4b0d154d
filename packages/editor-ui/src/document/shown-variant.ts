import {
  type AblationChoice,
  applyChanges,
  type GraphDocument,
  type NodeCatalogue,
} from "@insightgraph/engine/graph";
import { cellsOf } from "./ablation-cells.ts";

/** One cell of a document, while it is shown. */
export interface ShownVariant {
  readonly name: string;
  readonly choice: AblationChoice;
}

const known = new WeakMap<GraphDocument, Map<string, GraphDocument>>();

/** The document as a variant of it; as it is, where the variant is gone or does not fit any more. */
export function asVariant(
  document: GraphDocument,
  catalogue: NodeCatalogue,
  variant: ShownVariant | undefined,
): GraphDocument {
  if (variant === undefined || document.ablation === undefined) return document;
  const key = JSON.stringify(variant.choice);
  const made = known.get(document) ?? new Map<string, GraphDocument>();
  known.set(document, made);
  const shown = made.get(key) ?? changed(document, catalogue, key);
  made.set(key, shown);
  return shown;
}

/** Whether a document has a variant. */
export function isKnownVariant(
  { ablation }: GraphDocument,
  variant: ShownVariant | undefined,
): boolean {
  if (variant === undefined || ablation === undefined) return false;
  const key = JSON.stringify(variant.choice);
  return cellsOf(ablation).some(({ choice }) => JSON.stringify(choice) === key);
}

function changed(document: GraphDocument, catalogue: NodeCatalogue, key: string): GraphDocument {
  const cells = document.ablation === undefined ? [] : cellsOf(document.ablation);
  const cell = cells.find(({ choice }) => JSON.stringify(choice) === key);
  try {
    return cell === undefined ? document : applyChanges(document, catalogue, cell.changes);
  } catch {
    // Validation says what does not fit.
    return document;
  }
}
