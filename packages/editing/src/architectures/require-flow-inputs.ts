import type { GuidanceRow, SchedulerConfig } from "@insightgraph/models";
import { unfitArgument } from "../errors.ts";
import type { DenoiserInputs } from "./denoiser.ts";
import { requireTextWidth } from "./require-text-width.ts";

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
  requireTextWidth({ condition, negative }, width);
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
