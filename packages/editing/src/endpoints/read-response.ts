/** An answer in words is a few kilobytes; nothing near this is one. */
export const maxTextBytes: number = 16 * 1024 ** 2;

/** The text of a response. Throws: RangeError where it is longer than any answer. */
export async function readResponse(response: Response, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) {
      throw new RangeError(`the answer is longer than ${maxBytes / 1024 ** 2} MB`);
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** What a server says about its refusal, in one short line. */
export function refusalText(text: string): string {
  const short = (value: string): string => value.replace(/\s+/g, " ").trim().slice(0, 300);
  if (/^\s*</.test(text)) return `a web page: ${short(text.replace(/<[^>]*>/g, " "))}`;
  try {
    const { error, message, detail } = JSON.parse(text);
    return short(String(error?.message ?? error ?? message ?? detail ?? text));
  } catch {
    return short(text);
  }
}
