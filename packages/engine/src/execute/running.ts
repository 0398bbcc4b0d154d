import type { WireError } from "../errors.ts";
import type { Preview } from "../node/preview.ts";

/** What identifies a result. */
export interface ResultFacts {
  /** Absent where the node may not be cached. */
  readonly key?: string;
  /** What the definition's `fingerprint` gave. */
  readonly fingerprint?: string;
  /** Content hash by output, in hex; a value that cannot be made twice has none. */
  readonly digests: Readonly<Record<string, string>>;
}

/** What happens to one node while a graph runs. */
export type StepEvent =
  | { readonly type: "node-started"; readonly nodeId: string }
  | {
      readonly type: "node-progressed";
      readonly nodeId: string;
      readonly done: number;
      readonly total: number;
      readonly preview?: Preview;
    }
  | (ResultFacts & {
      readonly type: "node-finished";
      readonly nodeId: string;
      readonly cached: boolean;
      readonly ms: number;
      readonly previews: Readonly<Record<string, Preview>>;
    })
  | { readonly type: "node-failed"; readonly nodeId: string; readonly error: WireError }
  | { readonly type: "node-logged"; readonly nodeId: string; readonly text: string }
  | { readonly type: "node-saved"; readonly nodeId: string; readonly path: string };

export type Emit = (event: StepEvent) => void;
