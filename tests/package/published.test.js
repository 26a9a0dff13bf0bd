// What others' tools say of the package as it would be published, and what an editor shows of it.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import ts from 'typescript';

import { freshProject } from './project.js';

const ATTW = fileURLToPath(new URL('../node_modules/@arethetypeswrong/cli/dist/index.js', import.meta.url));

let project;
before(async () => {
  project = await freshProject();
});
after(() => project?.remove());

test('publint finds nothing', async () => {
  const { messages, pkg } = await publint({ pkgDir: project.installed('.'), pack: false, strict: true });
  assert.deepEqual(
    messages.map((message) => formatMessage(message, pkg)),
    [],
  );
});

test('@arethetypeswrong/cli finds nothing', async () => {
  // ES modules alone; and the files of modules are no scripts, so they have no types.
  const options = ['--profile', 'esm-only', '--exclude-entrypoints', 'fiado_bg.wasm', 'forms_bg.wasm', '--format', 'json'];
  const said = await promisify(execFile)(process.execPath, [ATTW, project.tarball, ...options]).catch((failure) => failure);
  assert.equal(said.code, undefined, said.stdout);
  const { analysis } = JSON.parse(said.stdout);
  const looked = ['.', './client', './element', './forms', './package.json', './plans', './scripted', './streaming'];
  assert.deepEqual(Object.keys(analysis.entrypoints).sort(), looked);
});

test('no type is `any`', async () => {
  const types = project.files.filter((file) => file.endsWith('.d.ts'));
  assert.ok(types.length > 0);
  for (const file of types) {
    const source = ts.createSourceFile(file, await readFile(project.installed(file), 'utf8'), ts.ScriptTarget.Latest);
    assert.deepEqual(whereAny(source), [], file);
  }
});

test('every function of every entry is explained, with an example', async () => {
  const { exports } = await project.manifest();
  const files = Object.values(exports).flatMap(({ types }) => (types === undefined ? [] : [project.installed(types)]));
  const program = ts.createProgram(files, { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler });
  const checker = program.getTypeChecker();
  let seen = 0;
  for (const file of files) {
    for (const exported of checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(file)))) {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      if (!(symbol.flags & ts.SymbolFlags.Function)) continue;
      seen += 1;
      const name = `${symbol.name} of ${file}`;
      assert.notEqual(ts.displayPartsToString(symbol.getDocumentationComment(checker)), '', name);
      assert.ok(
        symbol.getJsDocTags(checker).some((tag) => tag.name === 'example'),
        `${name} has no example`,
      );
    }
  }
  assert.ok(seen > 5, `${seen} functions`);
});

/** The lines on which a type is `any`. */
function whereAny(source) {
  const lines = [];
  const visit = (node) => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) lines.push(source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return lines;
}
