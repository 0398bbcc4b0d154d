/** On every response: nothing of this server is of use to another site. */
const everywhere: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "referrer-policy": "no-referrer",
};

/** What the editor's page needs: its own files, and styles that its canvas library adds as it runs. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Files, JSON and errors: no script runs in them, wherever they are opened. */
const contentPolicy = "default-src 'none'; sandbox; frame-ancestors 'none'";

/** The headers of a response that is not the editor's page. */
export const contentHeaders: Readonly<Record<string, string>> = {
  ...everywhere,
  "content-security-policy": contentPolicy,
};

/** The headers of the editor's page and its parts. */
export const pageHeaders: Readonly<Record<string, string>> = {
  ...everywhere,
  "content-security-policy": pagePolicy,
};
