// Judges manifests by the published JSON Schema. Reads {"schema": ..., "manifests": ["yaml", ...]} from standard input, and
// prints for each manifest null, or why it is refused.
import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020.js";
import { parse } from "yaml";

const { schema, manifests } = JSON.parse(readFileSync(0, "utf8"));
const validate = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictRequired: false }).compile(schema);

function judge(text) {
  let manifest;
  try {
    manifest = parse(text, { maxAliasCount: 0 });
  } catch (error) {
    return error.message;
  }
  return validate(manifest) ? null : validate.errors.map((e) => `${e.instancePath} ${e.message}`).join("; ");
}

process.stdout.write(JSON.stringify(manifests.map(judge)));
