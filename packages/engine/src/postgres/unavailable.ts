import { EngineError } from "../errors.ts";

/** What helps against a fault, by what it says of itself; the last one fits all. */
const hints: readonly (readonly [RegExp, string])[] = [
  [
    /ERR_TLS_CERT_ALTNAME_INVALID/,
    "Write the host in the address as the server's certificate names it.",
  ],
  [
    /CERT|SELF_SIGNED|UNABLE_TO_GET_ISSUER|UNABLE_TO_VERIFY/,
    "Name the certificate of the authority that you trust in the address: sslmode=verify-full&sslrootcert=FILE.",
  ],
  [
    /does not support SSL/,
    "Switch TLS on in PostgreSQL (ssl = on), or leave sslmode out of the address.",
  ],
  [/ENOENT|EACCES/, "Check the files that the address names."],
  [/./, "Check the address after --connect, and that PostgreSQL runs and lets you in."],
];

/** The error for a database that does not answer as it should. */
export function unavailable(cause: unknown): EngineError {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const reason = cause instanceof Error && cause.message !== "" ? cause.message : code;
  const [, hint = ""] = hints.find(([fits]) => fits.test(`${code} ${reason}`)) ?? [];
  return new EngineError("jobs.unavailable", `the database cannot be used: ${reason}`, {
    ...{ hint, cause },
  });
}
