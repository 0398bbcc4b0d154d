import { unfitArgument } from "../../errors.ts";

/**
 * Refuses a text that spells out a mark of a chat, with which it could pretend to be another message.
 * Throws: argument.unfit.
 */
export function refuseMarks(text: string, argument: string): void {
  const [mark] = /<\|\w+\|>/.exec(text) ?? [];
  if (mark === undefined) return;
  throw unfitArgument(argument, `it spells out the model's own mark ${mark}.`, "Leave it out.");
}
