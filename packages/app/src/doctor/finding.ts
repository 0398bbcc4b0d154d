export type Verdict = "ok" | "warn" | "fail";

/** What the doctor found at one place. */
export interface Finding {
  readonly name: string;
  readonly verdict: Verdict;
  readonly what: string;
  /** What to do, where something is to be done. */
  readonly hint?: string;
}

export function ok(name: string, what: string): Finding {
  return { name, verdict: "ok", what };
}

export function warn(name: string, what: string, hint: string): Finding {
  return { name, verdict: "warn", what, hint };
}

export function fail(name: string, what: string, hint: string): Finding {
  return { name, verdict: "fail", what, hint };
}

/** `name: what` behind its verdict, the hint below. */
export function findingText({ name, verdict, what, hint }: Finding): string {
  const line = `${verdict.padEnd(4)}  ${name}: ${what}`;
  return hint === undefined ? line : `${line}\n      Hint: ${hint}`;
}
