import { defineNode, inputError, listOf, param } from "@insightgraph/engine/node";
import { text } from "../port-types/text.ts";

const port = (name: string) => text.optional(`Stands for {${name}}.`);

export const textTemplate = defineNode({
  type: "text.template",
  version: 1,
  title: "Text template",
  doc: "Fills {a} to {h} in a text with the texts connected there, {1}, {2} and so on with those of a list.",
  inputs: {
    a: port("a"),
    b: port("b"),
    c: port("c"),
    d: port("d"),
    e: port("e"),
    f: port("f"),
    g: port("g"),
    h: port("h"),
    list: listOf(text).optional("Its texts stand for {1}, {2} and so on."),
  },
  params: {
    template: param.text({
      default: "{a}",
      multiline: true,
      doc: "Text with {a} to {h}, {1} and up; {{ and }} give a brace itself.",
    }),
  },
  outputs: { text: text("The filled text.") },
  run({ list = [], ...named }, { template }) {
    const numbered = list.map((value, at) => [String(at + 1), value] as const);
    return { text: fill(template, new Map([...Object.entries(named), ...numbered])) };
  },
});

/** One pass: what is filled in is never read as a template. */
function fill(template: string, texts: ReadonlyMap<string, string | undefined>): string {
  return template.replace(/\{\{|\}\}|\{([^{}]*)\}/g, (found, name?: string) => {
    if (name === undefined) return found.slice(1);
    const value = texts.get(name);
    if (value !== undefined) return value;
    if (/^[a-h]$/.test(name)) {
      throw inputError(`the template uses {${name}}, but nothing is connected to "${name}"`, {
        input: name,
        hint: `Connect a text to "${name}", or take {${name}} out of the template.`,
      });
    }
    if (/^[1-9]\d*$/.test(name)) {
      throw inputError(`the template uses {${name}}, but the list has no such text`, {
        input: "list",
        hint: `Connect a list of ${name} texts or more, or take {${name}} out of the template.`,
      });
    }
    throw inputError(`the template uses {${name}}, which is no placeholder`, {
      param: "template",
      hint: "Use {a} to {h}, or {1} and up; write {{ and }} for braces themselves.",
    });
  });
}
