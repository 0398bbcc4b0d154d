import { defineNode, inputError, listOf, param } from "@insightgraph/engine/node";
import { text } from "../port-types/text.ts";

const port = (name: string) => text.optional(`Replaces {${name}}.`);

export const textTemplate = defineNode({
  type: "text.template",
  version: 1,
  title: "Text template",
  doc: "Fills a template: {a} to {h} with the connected texts, {1}, {2} and so on with the items of a list.",
  inputs: {
    a: port("a"),
    b: port("b"),
    c: port("c"),
    d: port("d"),
    e: port("e"),
    f: port("f"),
    g: port("g"),
    h: port("h"),
    list: listOf(text).optional("Texts that replace {1}, {2} and so on."),
  },
  params: {
    template: param.text({
      default: "{a}",
      multiline: true,
      doc: "Text with placeholders {a} to {h} and {1}, {2}, …; write {{ and }} for literal braces.",
    }),
  },
  outputs: { text: text("The text with all placeholders filled.") },
  run({ list = [], ...named }, { template }) {
    const numbered = list.map((value, at) => [String(at + 1), value] as const);
    return { text: fill(template, new Map([...Object.entries(named), ...numbered])) };
  },
});

/** A single pass, so that inserted texts are never read as templates. */
function fill(template: string, texts: ReadonlyMap<string, string | undefined>): string {
  return template.replace(/\{\{|\}\}|\{([^{}]*)\}/g, (match, name?: string) => {
    if (name === undefined) return match.slice(1);
    const value = texts.get(name);
    if (value !== undefined) return value;
    if (/^[a-h]$/.test(name)) {
      throw inputError(`the template uses {${name}}, but nothing is connected to "${name}"`, {
        input: name,
        hint: `Connect a text to "${name}", or remove {${name}} from the template.`,
      });
    }
    if (/^[1-9]\d*$/.test(name)) {
      throw inputError(`the template uses {${name}}, but the list has no such item`, {
        input: "list",
        hint: `Connect a list of at least ${name} texts, or remove {${name}} from the template.`,
      });
    }
    throw inputError(`the template uses {${name}}, which is not a placeholder`, {
      param: "template",
      hint: "Use {a} to {h}, or {1} and up; write {{ and }} for literal braces.",
    });
  });
}
