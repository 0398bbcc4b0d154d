import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";

/** A certificate and its key, as files. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

const curve = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2".split(" ");

/** Whether openssl is there; where it is not, says so. */
export function hasOpenssl(): boolean {
  try {
    execFileSync("openssl", ["version"], { stdio: "pipe" });
    return true;
  } catch {
    process.stderr.write("no TLS of PostgreSQL is tested: openssl is not installed\n");
    return false;
  }
}

/** Makes an authority in a folder. */
export function makeAuthority(folder: string, name: string): Certificate {
  const [certificate, key] = [path.join(folder, `${name}.crt`), path.join(folder, `${name}.key`)];
  const made = ["-keyout", key, "-out", certificate, "-subj", `/CN=${name}`];
  execFileSync("openssl", ["req", "-x509", ...curve, ...made], { stdio: "pipe" });
  return { certificate, key };
}

/** Makes what an authority certifies of a host, in a folder. */
export function certify(authority: Certificate, host: string, folder: string): Certificate {
  const at = (ending: string): string => path.join(folder, `${host}.${ending}`);
  const asked = ["-keyout", at("key"), "-out", at("csr"), "-subj", `/CN=${host}`];
  execFileSync("openssl", ["req", ...curve, ...asked], { stdio: "pipe" });
  writeFileSync(at("ext"), `subjectAltName=DNS:${host}\n`);
  const by = ["-CA", authority.certificate, "-CAkey", authority.key, "-CAcreateserial"];
  const signed = ["-in", at("csr"), "-extfile", at("ext"), "-out", at("crt"), "-days", "2"];
  execFileSync("openssl", ["x509", "-req", ...by, ...signed], { stdio: "pipe" });
  return { certificate: at("crt"), key: at("key") };
}
