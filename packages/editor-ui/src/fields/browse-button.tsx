import type { Json, ParamSpec } from "@insightgraph/engine/graph";
import type { ReactNode } from "react";
import { words } from "../messages/messages.ts";

interface BrowseButtonProps {
  readonly spec: ParamSpec;
  readonly value: Json;
  readonly isOnCanvas?: boolean;
  browse(path: string | undefined): void;
}

/** Looks through the data set that a setting names; nothing beside other settings. */
export function BrowseButton({ spec, value, isOnCanvas, browse }: BrowseButtonProps): ReactNode {
  if (spec.kind !== "file" || spec.holds !== "data set") return null;
  return (
    <button
      type="button"
      className="button browse-button"
      tabIndex={isOnCanvas === true ? -1 : 0}
      onClick={() => browse(value === "" ? undefined : String(value))}
    >
      {words.browseDatasets}
    </button>
  );
}
