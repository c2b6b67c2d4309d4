// Reads HCL from standard input: parses it with the parser of Terraform's own language, and formats it as 'terraform fmt' does.
// Prints {"parsed": ..., "formatted": "..."}; ends with 1 and the parser's message where it is no HCL.
import { readFileSync } from "node:fs";
import { parse } from "@cdktf/hcl2json";
import hclTools from "@cdktf/hcl-tools";

const text = readFileSync(0, "utf8");
const parsed = JSON.parse(JSON.stringify(await parse("input.tf", text)));
const formatted = await hclTools.format(text);
process.stdout.write(JSON.stringify({ parsed, formatted }));
