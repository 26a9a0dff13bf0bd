// The types of the façade, from the document that the server derives from its Rust types: openapi/facade.json becomes
// generated/facade.ts. Refusals all have one shape, so that they are left out of each operation.

import { mkdir, readFile, writeFile } from 'node:fs/promises';

import openapiTS, { astToString } from 'openapi-typescript';

const SOURCE = new URL('../../openapi/facade.json', import.meta.url);
const TARGET = new URL('../generated/facade.ts', import.meta.url);

/** The envelopes that the document has once for each content, with the content written out. */
const ENVELOPE = /^(?:Success|ListEnvelope)_(?<content>.+)$/;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

const document = JSON.parse(await readFile(SOURCE, 'utf8'));
for (const operations of Object.values(document.paths)) {
  for (const method of METHODS) leaveRefusalsOut(operations[method]?.responses ?? {});
}
nameContents(document.components.schemas);
delete document.components.examples;

const types = astToString(await openapiTS(document)).replaceAll('@description ', '');
await mkdir(new URL('.', TARGET), { recursive: true });
await writeFile(TARGET, `// Made of openapi/facade.json by scripts/facadeTypes.js.\n\n${types}`);

function leaveRefusalsOut(responses) {
  for (const status of Object.keys(responses)) {
    if (Number(status) >= 300) delete responses[status];
    else delete responses[status].headers;
  }
}

/** Has each envelope name its content, so that an editor shows the name. */
function nameContents(schemas) {
  for (const [name, envelope] of Object.entries(schemas)) {
    const content = name.match(ENVELOPE)?.groups.content;
    if (content === undefined) continue;
    if (!(content in schemas)) throw new Error(`${name} is an envelope of ${content}, which the document does not have`);
    const reference = { $ref: `#/components/schemas/${content}` };
    const { data } = envelope.properties;
    envelope.properties.data = data.type === 'array' ? { ...data, items: reference } : reference;
  }
}
