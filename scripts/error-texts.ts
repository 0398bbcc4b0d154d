import { type Node, parseSync, Visitor } from "oxc-parser";

/** A source file of TypeScript. */
export interface Source {
  readonly file: string;
  readonly text: string;
}

type FunctionNode = Extract<Node, { readonly params: unknown; readonly body: unknown }>;

/** How errors call their two texts. */
const told = /^(what|hint|reason|why)$/;
/** Errors whose text comes first, and those whose code does. */
const plainErrors = ["Error", "TypeError", "RangeError"];
const codedErrors = ["EngineError", "EditingError", "ModelError"];
const maxDepth = 5;

/** What a source declares; names of other files are asked for when its own do not have one. */
interface Declarations {
  readonly values: Map<string, readonly Node[]>;
  readonly results: Map<string, readonly Node[]>;
  /** Which arguments of a function are texts of errors. */
  readonly positions: Map<string, readonly number[]>;
}

const isFunction = (node: Node): node is FunctionNode =>
  /^(Arrow)?Function(Declaration|Expression)?/.test(node.type);

function nameOf(node: Node): string {
  if (node.type === "MemberExpression") return nameOf(node.property);
  return node.type === "Identifier" ? node.name : "";
}

function declarationsOf(program: Node): Declarations {
  const found: Declarations = { values: new Map(), results: new Map(), positions: new Map() };
  const returned: { readonly start: number; readonly value: Node }[] = [];
  const functions: { readonly name: string; readonly node: FunctionNode }[] = [];
  const declare = (name: string, node: Node | null) => {
    if (node === null) return;
    if (isFunction(node)) functions.push({ name, node });
    else found.values.set(name, [...(found.values.get(name) ?? []), node]);
  };
  new Visitor({
    VariableDeclarator: ({ id, init }) => declare(nameOf(id), init),
    FunctionDeclaration: (node) => declare(node.id?.name ?? "", node),
    MethodDefinition: ({ key, value }) => declare(nameOf(key), value),
    Property: ({ key, value }) => {
      if (isFunction(value)) declare(nameOf(key), value);
    },
    ReturnStatement: ({ start, argument }) => {
      if (argument !== null) returned.push({ start, value: argument });
    },
  }).visit(program as never);
  for (const { name, node } of functions) {
    const { params, body, start, end } = node;
    const inside = returned.filter((one) => start < one.start && one.start < end);
    const isBlock = body === null || body.type === "BlockStatement";
    found.results.set(name, isBlock ? inside.map(({ value }) => value) : [body]);
    const texts = params.flatMap((param, at) => (told.test(nameOf(param)) ? [at] : []));
    if (texts.length > 0) found.positions.set(name, texts);
  }
  return found;
}

/** Whether a part of a text is words, not a name or a sign. */
const isProse = (text: string) =>
  /\p{L}{2,} \p{L}{2,}|\{\} \p{L}{2,}|\p{L}{2,} \{\}|^an? \p{L}+$/u.test(text) &&
  !/[<=;]/.test(text);

/** Joins every beginning with every end. */
function joined(starts: readonly string[], ends: readonly string[]): string[] {
  return starts.flatMap((start) => ends.map((end) => start + end));
}

/** A sum of texts; one of numbers is a value. */
function sumOf(left: readonly string[], right: readonly string[]): readonly string[] {
  const sums = joined(left, right);
  return sums.some((sum) => /\p{L}/u.test(sum)) ? sums : ["{}"];
}

/**
 * Every text that an expression can be; `{}` stands for what only a run knows.
 * @param addPart takes the texts that may fill a `{}`
 * @param depth how many names were followed
 */
function textsOf(
  node: Node,
  known: Known,
  addPart: (node: Node) => void,
  depth = 0,
): readonly string[] {
  const of = (inner: Node, deeper = depth) => textsOf(inner, known, addPart, deeper);
  const part = (inner: Node) => {
    if (depth < maxDepth) addPart(inner);
    return of(inner, maxDepth);
  };
  const follow = (nodes: readonly Node[] = []) =>
    depth < maxDepth && nodes.length > 0 ? nodes.flatMap((one) => of(one, depth + 1)) : ["{}"];
  switch (node.type) {
    case "Literal":
      return [typeof node.value === "string" ? node.value : "{}"];
    case "TemplateLiteral":
      return node.quasis.reduce<readonly string[]>(
        (texts, { value }, at) => {
          const hole = node.expressions[at - 1];
          return joined(hole === undefined ? texts : joined(texts, part(hole)), [
            value.cooked ?? "",
          ]);
        },
        [""],
      );
    case "BinaryExpression":
      return sumOf(part(node.left), part(node.right));
    case "ConditionalExpression":
      return [...of(node.consequent), ...of(node.alternate)];
    case "LogicalExpression":
      return [...of(node.left), ...of(node.right)];
    case "ObjectExpression":
      return node.properties.flatMap((one) => (one.type === "Property" ? of(one.value) : []));
    case "TSAsExpression":
    case "TSSatisfiesExpression":
      return of(node.expression);
    case "Identifier":
    case "MemberExpression": {
      const root = node.type === "Identifier" ? node : node.object;
      return follow(known.values(nameOf(root)));
    }
    case "CallExpression":
      return follow(known.results(nameOf(node.callee)));
    default:
      return ["{}"];
  }
}

/** Looks a name up in a file, then in all. */
interface Known {
  values(name: string): readonly Node[] | undefined;
  results(name: string): readonly Node[] | undefined;
  positions(name: string): readonly number[] | undefined;
}

function lookUp(own: Declarations, all: Declarations): Known {
  return {
    values: (name) => own.values.get(name) ?? all.values.get(name),
    results: (name) => own.results.get(name) ?? all.results.get(name),
    positions: (name) => own.positions.get(name) ?? all.positions.get(name),
  };
}

/** What all files declare. Of several functions of a name, nobody knows which is meant: each may tell a text. */
function withAll(all: readonly Declarations[]): Declarations {
  const found: Declarations = { values: new Map(), results: new Map(), positions: new Map() };
  for (const name of plainErrors) found.positions.set(name, [0]);
  for (const name of codedErrors) found.positions.set(name, [1]);
  for (const { results, positions } of all) {
    for (const [name, nodes] of results)
      found.results.set(name, found.results.has(name) ? [] : nodes);
    for (const [name, at] of positions) {
      found.positions.set(name, [...new Set([...(found.positions.get(name) ?? []), ...at])]);
    }
  }
  return found;
}

/** The texts that errors of some sources can have, each with the files that tell it. */
export function errorTexts(sources: readonly Source[]): ReadonlyMap<string, ReadonlySet<string>> {
  const parsed = sources.map(({ file, text }) => {
    const { program } = parseSync(file, text);
    return { file, program, own: declarationsOf(program) };
  });
  const everywhere = withAll(parsed.map(({ own }) => own));
  const found = new Map<string, Set<string>>();
  for (const { file, program, own } of parsed) {
    const known = lookUp(own, everywhere);
    const add = (node: Node, isWanted = (_text: string) => true) => {
      for (const text of textsOf(node, known, addPart)) {
        if (isWanted(text)) found.set(text, (found.get(text) ?? new Set()).add(file));
      }
    };
    const read = new Set<Node>();
    const addPart = (node: Node) => {
      if (/Literal$/.test(node.type) || read.has(node)) return;
      read.add(node);
      add(node, isProse);
    };
    const readCall = ({
      callee,
      arguments: given,
    }: {
      callee: Node;
      arguments: readonly Node[];
    }) => {
      for (const at of known.positions(nameOf(callee)) ?? []) {
        const node = given[at];
        if (node !== undefined) add(node);
      }
    };
    new Visitor({
      CallExpression: readCall,
      NewExpression: readCall,
      Property: ({ key, value }) => {
        if (told.test(nameOf(key)) && !/Pattern$/.test(value.type)) add(value);
      },
    }).visit(program);
  }
  return found;
}
