import { EditingError } from "../errors.ts";
import type { PairFacts, Recaption } from "./assistant.ts";
import { instructionFault } from "./instruction-fault.ts";

/** What is wrong with the two instructions of an edit, in words for who wrote them. */
export function recaptionFaults(
  { understanding, reasoning }: Recaption,
  { object }: Pick<PairFacts, "object">,
): readonly string[] {
  return Object.entries({ understanding, reasoning }).flatMap(([name, text]) => {
    const fault = instructionFault(text, object.label);
    return fault === undefined ? [] : [`${name}: ${fault}`];
  });
}

/** Throws: recaption.unfit where an instruction is too long or names the object. */
export function checkedRecaption(recaption: Recaption, pair: Pick<PairFacts, "object">): Recaption {
  const faults = recaptionFaults(recaption, pair);
  if (faults.length === 0) return recaption;
  throw new EditingError(
    "recaption.unfit",
    `the instruction cannot be used: ${faults.join("; ")}.`,
    {
      hint: "Leave this item out, or ask a larger model.",
    },
  );
}
