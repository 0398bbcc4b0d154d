import { lexer, type Token, type Tokens } from "marked";
import { createElement, Fragment, type ReactNode } from "react";

/** A text in Markdown. HTML in it stays text, and links open beside the page. */
export function Markdown({ text }: { readonly text: string }): ReactNode {
  return <div className="markdown">{draw(lexer(text))}</div>;
}

function draw(tokens: readonly Token[] | undefined): ReactNode {
  return tokens?.map((token, at) => {
    // A text drawn anew has the same parts in the same order.
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no names
    return <Fragment key={at}>{drawToken(token as Tokens.Generic)}</Fragment>;
  });
}

const plain: Readonly<Record<string, string>> = {
  paragraph: "p",
  blockquote: "blockquote",
  strong: "strong",
  em: "em",
  del: "del",
};

function drawToken(token: Tokens.Generic): ReactNode {
  const tag = plain[token.type];
  if (tag !== undefined) return createElement(tag, {}, draw(token.tokens));
  switch (token.type) {
    case "heading":
      return createElement(`h${Math.min(6, token["depth"] + 2)}`, {}, draw(token.tokens));
    case "list":
      return createElement(token["ordered"] ? "ol" : "ul", {}, draw(token["items"]));
    case "list_item":
      return <li>{draw(token.tokens)}</li>;
    case "codespan":
      return <code>{token["text"]}</code>;
    case "code":
      return <pre>{token["text"]}</pre>;
    case "br":
      return <br />;
    case "hr":
      return <hr />;
    case "space":
      return null;
    case "link":
      return drawLink(token);
    default:
      return token.tokens === undefined ? (token["text"] ?? token.raw) : draw(token.tokens);
  }
}

function drawLink({ href, tokens }: Tokens.Generic): ReactNode {
  if (!/^https?:/i.test(href)) return draw(tokens);
  return (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {draw(tokens)}
    </a>
  );
}
