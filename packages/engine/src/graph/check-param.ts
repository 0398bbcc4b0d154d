import type { ErrorCode } from "../errors.ts";
import type { ParamSpec } from "./catalogue.ts";
import type { Json } from "./document.ts";
import { describe } from "./json-guard.ts";

/** What is wrong with a param's value. */
export interface ParamFault {
  readonly code: ErrorCode;
  readonly what: string;
  readonly hint: string;
}

const maxSeed = 2 ** 32 - 1;
const maxTextLength = 10_000;
const maxPathLength = 4096;

function wrongKind(expected: string, value: unknown): ParamFault {
  return {
    code: "param.kind",
    what: `expected ${expected}, found ${describe(value)}`,
    hint: `Give it ${expected}.`,
  };
}

function checkText(value: unknown, maxLength: number): ParamFault | undefined {
  if (typeof value !== "string") return wrongKind("a text", value);
  if (value.length <= maxLength) return undefined;
  return {
    code: "param.length",
    what: `the text has ${value.length} characters`,
    hint: `Use at most ${maxLength}.`,
  };
}

function checkNumber(value: unknown, min: number, max: number, whole: boolean) {
  const kind = whole ? "a whole number" : "a number";
  if (typeof value !== "number" || !Number.isFinite(value)) return wrongKind(kind, value);
  if (whole && !Number.isSafeInteger(value)) return wrongKind(kind, value);
  if (value >= min && value <= max) return undefined;
  const low = min === -Infinity ? "" : `at least ${min}`;
  const high = max === Infinity ? "" : `at most ${max}`;
  return {
    code: "param.range",
    what: `${value} is out of range`,
    hint: `Use ${[low, high].filter((part) => part !== "").join(" and ")}.`,
  } as const;
}

/** Checks a param's value against its spec; undefined where it is valid. */
export function checkParam(spec: ParamSpec, value: unknown): ParamFault | undefined {
  switch (spec.kind) {
    case "text":
      return checkText(value, spec.maxLength ?? maxTextLength);
    case "file":
      return checkText(value, maxPathLength);
    case "number":
    case "integer":
      return checkNumber(
        value,
        spec.min ?? -Infinity,
        spec.max ?? Infinity,
        spec.kind === "integer",
      );
    case "seed":
      return checkNumber(value, 0, maxSeed, true);
    case "boolean":
      return typeof value === "boolean" ? undefined : wrongKind("true or false", value);
    case "choice": {
      if (typeof value === "string" && spec.options.includes(value)) return undefined;
      const found = typeof value === "string" ? `"${value.slice(0, 60)}"` : describe(value);
      return {
        code: "param.option",
        what: `${found} is not one of the options`,
        hint: `Use ${spec.options.map((option) => `"${option}"`).join(" or ")}.`,
      };
    }
  }
}

/** Converts text to a param's value; text that does not convert stays text, for `checkParam` to refuse. */
export function paramFromText(spec: ParamSpec, text: string): Json {
  switch (spec.kind) {
    case "text":
    case "file":
    case "choice":
      return text;
    case "boolean":
      return text === "true" ? true : text === "false" ? false : text;
    default:
      return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
  }
}
