import { parseSync, Visitor } from "oxc-parser";

/** One small change to a source file that a test should notice. */
export interface Mutation {
  /** Offsets of the replaced text. */
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
  /** From 1. */
  readonly line: number;
  /** The replaced text, shortened. */
  readonly original: string;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

const swappedOperators: Readonly<Record<string, string>> = {
  "===": "!==",
  "!==": "===",
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "+": "-",
  "-": "+",
  "*": "/",
  "/": "*",
  "%": "*",
  "&&": "||",
  "||": "&&",
  "??": "&&",
  "+=": "-=",
  "-=": "+=",
  "*=": "/=",
  "++": "--",
  "--": "++",
};

function isRemovable(type: string): boolean {
  return /^(Call|Await|Assignment|Update|Chain|Yield)Expression$/.test(type);
}

/** Every mutation of a TypeScript file: swapped operators, fixed conditions, changed constants, removed statements. */
export function mutationsOf(file: string, source: string): Mutation[] {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new SyntaxError(`${file}: ${errors[0]?.message}`);
  const mutations: Mutation[] = [];
  const add = ({ start, end }: Span, replacement: string): void => {
    const original = source.slice(start, end).replace(/\s+/g, " ").slice(0, 60);
    const line = source.slice(0, start).split("\n").length;
    if (original !== replacement) mutations.push({ start, end, replacement, line, original });
  };
  /** Swaps the operator that stands between two spans. */
  const swap = (operator: string, from: number, to: number): void => {
    const start = source.indexOf(operator, from);
    const swapped = swappedOperators[operator];
    if (swapped === undefined || start < 0 || start >= to) return;
    add({ start, end: start + operator.length }, swapped);
  };
  const fixCondition = (test: Span | null, values: readonly string[]): void => {
    if (test !== null) for (const value of values) add(test, value);
  };
  new Visitor({
    BinaryExpression: ({ operator, left, right }) => swap(operator, left.end, right.start),
    LogicalExpression: ({ operator, left, right }) => swap(operator, left.end, right.start),
    AssignmentExpression: ({ operator, left, right }) => swap(operator, left.end, right.start),
    UpdateExpression: ({ operator, start, end }) => swap(operator, start, end),
    UnaryExpression(node) {
      if (node.operator === "!" || node.operator === "-") {
        add({ start: node.start, end: node.argument.start }, "");
      }
    },
    IfStatement: ({ test }) => fixCondition(test, ["true", "false"]),
    ConditionalExpression: ({ test }) => fixCondition(test, ["true", "false"]),
    WhileStatement: ({ test }) => fixCondition(test, ["false"]),
    ForStatement: ({ test }) => fixCondition(test, ["false"]),
    Literal(node) {
      if (typeof node.value === "boolean") add(node, String(!node.value));
      if (typeof node.value === "number") add(node, String(node.value + 1));
    },
    ExpressionStatement(node) {
      if (isRemovable(node.expression.type)) add(node, ";");
    },
    ThrowStatement: (node) => add(node, ";"),
    BreakStatement: (node) => add(node, ";"),
    ContinueStatement: (node) => add(node, ";"),
  }).visit(program);
  return mutations.filter(({ start }) => !isInType(program.body, start));
}

/** Whether an offset lies in an interface or a type alias, which leave nothing to run. */
function isInType(body: readonly (Span & { readonly type: string })[], offset: number): boolean {
  const statement = body.find(({ start, end }) => start <= offset && offset < end);
  if (statement === undefined) return false;
  const declared = Reflect.get(statement, "declaration") as { readonly type: string } | undefined;
  const { type } = declared ?? statement;
  return type === "TSInterfaceDeclaration" || type === "TSTypeAliasDeclaration";
}

/** A sample of items in their order; equal seeds give equal samples. */
export function sample<T>(items: readonly T[], size: number, seed: number): T[] {
  let state = seed >>> 0;
  const random = (): number => {
    // Source: mulberry32, a generator of 32 bits of state in the public domain.
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const ranked = items.map((item, at) => ({ item, at, rank: random() }));
  const chosen = ranked.sort((a, b) => a.rank - b.rank).slice(0, size);
  return chosen.sort((a, b) => a.at - b.at).map(({ item }) => item);
}
