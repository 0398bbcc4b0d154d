import { defineNode, inputError, param } from "@insightgraph/engine/node";
import { text } from "../port-types.ts";

export const textTemplate = defineNode({
  type: "text.template",
  version: 1,
  title: "Text template",
  doc: "Fills {a}, {b} and {c} in a text with the texts connected there.",
  inputs: {
    a: text.optional("Stands for {a}."),
    b: text.optional("Stands for {b}."),
    c: text.optional("Stands for {c}."),
  },
  params: {
    template: param.text({
      default: "{a}",
      multiline: true,
      doc: "Text with {a}, {b}, {c}; {{ and }} give a brace itself.",
    }),
  },
  outputs: { text: text("The filled text.") },
  run: ({ a, b, c }, { template }) => ({
    text: fill(template, new Map(Object.entries({ a, b, c }))),
  }),
});

/** One pass: what is filled in is never read as a template. */
function fill(template: string, texts: ReadonlyMap<string, string | undefined>): string {
  return template.replace(/\{\{|\}\}|\{([^{}]*)\}/g, (found, name?: string) => {
    if (name === undefined) return found.slice(1);
    const value = texts.get(name);
    if (value !== undefined) return value;
    if (texts.has(name)) {
      throw inputError(`the template uses {${name}}, but nothing is connected to "${name}"`, {
        input: name,
        hint: `connect a text to "${name}", or take {${name}} out of the template.`,
      });
    }
    throw inputError(`the template uses {${name}}, which is no placeholder`, {
      param: "template",
      hint: "use {a}, {b} or {c}; write {{ and }} for braces themselves.",
    });
  });
}
