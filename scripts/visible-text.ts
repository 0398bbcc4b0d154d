import { parseSync, Visitor } from "oxc-parser";

/** A text that people would see, and where it stands. */
export interface VisibleText {
  readonly line: number;
  readonly text: string;
}

/** Attributes whose texts people read or hear. */
const spoken = new Set(["alt", "aria-description", "aria-label", "label", "placeholder", "title"]);
/** Attributes whose texts only the browser reads. */
const silent = new Set(["className", "rel", "style"]);
/** Names and units that are the same in every language, and what is no text at all. */
const sameEverywhere =
  /^(InsightGraph|px|https:\/\/|npm start -- run|Ctrl ↵|\((Ctrl|Shift|Alt)\+\w+\))$/;

function isProse(text: string): boolean {
  return /\p{L}{2,} \p{L}{2,}/u.test(text) && !/<|="/.test(text);
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Finds texts in the source of a page that should stand in its message files. */
export function visibleTexts(file: string, source: string): readonly VisibleText[] {
  const found: VisibleText[] = [];
  const readers: (Range & { readonly isSpoken: boolean })[] = [];
  const add = (start: number, text: string) => {
    const trimmed = text.trim();
    if (!/\p{L}{2}/u.test(trimmed) || sameEverywhere.test(trimmed)) return;
    found.push({ line: source.slice(0, start).split("\n").length, text: trimmed });
  };
  const check = ({ start, end }: Range, text: string) => {
    const reader = readers.findLast((range) => range.start <= start && end <= range.end);
    if (reader === undefined ? isProse(text) : reader.isSpoken) add(start, text);
  };
  new Visitor({
    JSXText: ({ start, value }) => add(start, value),
    JSXAttribute({ name, start, end }) {
      const attribute = name.type === "JSXIdentifier" ? name.name : "";
      if (spoken.has(attribute)) readers.push({ start, end, isSpoken: true });
      if (silent.has(attribute)) readers.push({ start, end, isSpoken: false });
    },
    // Values that are compared, and types, are names.
    BinaryExpression({ operator, start, end }) {
      if (/^[!=]==$/.test(operator)) readers.push({ start, end, isSpoken: false });
    },
    // A tooltip's second argument is the id of an action.
    CallExpression({ callee, arguments: [, action] }) {
      const isTooltip = callee.type === "Identifier" && callee.name === "tooltip";
      if (isTooltip && action !== undefined)
        readers.push({ start: action.start, end: action.end, isSpoken: false });
    },
    TSLiteralType: ({ start, end }) => void readers.push({ start, end, isSpoken: false }),
    Literal(node) {
      if (typeof node.value === "string") check(node, node.value);
    },
    TemplateElement: (node) => check(node, node.value.cooked ?? ""),
  }).visit(parseSync(file, source).program);
  return found;
}
