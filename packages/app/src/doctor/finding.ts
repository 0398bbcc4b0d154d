/** How a check ended; only "fail" makes the command fail. */
export type Verdict = "ok" | "warn" | "fail";

/** The result of one check. */
export interface Finding {
  readonly name: string;
  readonly verdict: Verdict;
  readonly what: string;
  /** What to do, if anything. */
  readonly hint?: string;
}

/** A finding that needs no action. */
export function ok(name: string, what: string): Finding {
  return { name, verdict: "ok", what };
}

/** A finding that limits what works, with what to do about it. */
export function warn(name: string, what: string, hint: string): Finding {
  return { name, verdict: "warn", what, hint };
}

/** A finding that has to be fixed, with what to do about it. */
export function fail(name: string, what: string, hint: string): Finding {
  return { name, verdict: "fail", what, hint };
}

/** A finding as text: verdict, name and result, with the hint below. */
export function findingText({ name, verdict, what, hint }: Finding): string {
  const line = `${verdict.padEnd(4)}  ${name}: ${what}`;
  return hint === undefined ? line : `${line}\n      Hint: ${hint}`;
}
