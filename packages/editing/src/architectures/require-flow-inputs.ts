import type { GuidanceRow, SchedulerConfig } from "@insightgraph/models";
import { unfitArgument } from "../errors.ts";
import type { DenoiserInputs } from "./denoiser.ts";

/** Refuses a conditioning of another width. */
function requireWidth(name: "condition" | "negative", width: number, found: number): void {
  if (found === width) return;
  throw unfitArgument(
    name,
    `its states are ${found} wide, but the network reads ${width}.`,
    "Read the text with the language model that the network was trained with (comprehension.qwen-vl).",
  );
}

/**
 * Refuses what a flow-matching network cannot use, rather than leave it out in silence.
 * Throws: argument.unfit at the input that does not fit.
 */
export function requireFlowInputs(
  { condition, negative, visual, imageCondition }: DenoiserInputs,
  rows: readonly GuidanceRow[],
  scheduler: SchedulerConfig | undefined,
  width: number,
): void {
  requireWidth("condition", width, condition.shape[2] ?? 0);
  if (negative !== undefined) requireWidth("negative", width, negative.shape[2] ?? 0);
  if (negative === undefined && rows.some(({ hasText }) => !hasText)) {
    throw unfitArgument(
      "negative",
      "guidance needs an unconditional (negative) conditioning.",
      "Connect the states of an empty text, or set both guidance scales to 1.",
    );
  }
  const unread = visual !== undefined ? "visual" : imageCondition && "imageCondition";
  if (unread !== undefined) {
    throw unfitArgument(unread, "the network reads no such input.", "Disconnect it.");
  }
  if (scheduler === undefined) return;
  throw unfitArgument(
    "scheduler",
    "the network follows a flow, which these solvers do not know.",
    "Disconnect the scheduler: the checkpoint's own flow is taken.",
  );
}
