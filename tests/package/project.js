// Somebody else's project: an empty folder with the package installed from its tarball. What is tested is what would be
// published, so nothing here reaches into pkg/dist. The package itself must have been built: `cargo xtask pkg`.

import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { cases } from './cases.js';

const execute = promisify(execFile);
const PACKAGE = fileURLToPath(new URL('../../pkg', import.meta.url));
/** No tool tells its makers that it was used. */
const ENVIRONMENT = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' };
const PROJECTS = fileURLToPath(new URL('projects', import.meta.url));
const MANIFEST = JSON.stringify({ private: true, type: 'module' });
const TYPESCRIPT = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url));

/** What npm is told each time: nobody is asked, and nothing is looked up that the test does not need. */
const QUIET = ['--no-audit', '--no-fund', '--loglevel=error'];

/**
 * Packs the package and installs it in a fresh project, which the test ends with `remove`.
 *
 * `kind` is a folder of projects/: its files are the project's, and what its package-lock.json names is installed first.
 */
export async function freshProject(kind) {
  const folder = await mkdtemp(join(tmpdir(), 'fiado-package-'));
  const tarball = await pack(folder);
  await (kind === undefined ? writeFile(join(folder, 'package.json'), MANIFEST) : begin(folder, kind));
  // Offline, because the package depends on nothing: an installation that asks a registry for anything is a failure.
  await npm(folder, 'install', '--offline', '--no-save', ...QUIET, tarball.path);
  return new Project(folder, tarball);
}

/** Copies a project, with what all of them share, and installs what it is built by. */
async function begin(folder, kind) {
  const shared = join(folder, 'shared');
  await cp(join(PROJECTS, kind), folder, { recursive: true });
  await cp(join(PROJECTS, 'shared'), shared, { recursive: true });
  await writeFile(join(shared, 'cases.js'), `export const cases = ${JSON.stringify(cases)};\n`);
  const names = await readdir(folder);
  if (names.includes('package-lock.json')) await npm(folder, 'ci', '--prefer-offline', ...QUIET);
  else await writeFile(join(folder, 'package.json'), MANIFEST);
}

class Project {
  constructor(folder, { path, files }) {
    this.folder = folder;
    /** Where the tarball is. */
    this.tarball = path;
    /** The paths of the files in the tarball, sorted. */
    this.files = files;
  }

  /** The package.json of the installed package. */
  async manifest() {
    return JSON.parse(await readFile(this.installed('package.json'), 'utf8'));
  }

  /** The path of a file of the installed package. */
  installed(file) {
    return join(this.folder, 'node_modules/fiado', file);
  }

  /** Runs the script `build` of the project's package.json. */
  async build() {
    await npm(this.folder, 'run', 'build');
  }

  /** Runs a module of this text in Node and returns what it printed, read as JSON. */
  async run(text) {
    await writeFile(join(this.folder, 'main.js'), text);
    const { stdout } = await execute(process.execPath, ['main.js'], { cwd: this.folder });
    return JSON.parse(stdout);
  }

  /** Compiles a TypeScript module of this text, as strictly as can be, and returns what the compiler says: `''` is good. */
  async compile(text) {
    const [said] = await this.compileEach([text]);
    return said;
  }

  /** Compiles several modules in one go, and returns what the compiler says of each. */
  async compileEach(texts) {
    const names = texts.map((_, index) => `main${index}.ts`);
    await Promise.all(texts.map((text, index) => writeFile(join(this.folder, names[index]), text)));
    const options = ['--strict', '--noEmit', '--target', 'es2022', '--module', 'nodenext'];
    const program = execute(process.execPath, [TYPESCRIPT, ...options, ...names], { cwd: this.folder });
    const lines = (await program.catch((failure) => failure)).stdout.split('\n').filter((line) => line !== '');
    const elsewhere = lines.filter((line) => !/^(?:main\d+\.ts\(|\s)/.test(line));
    if (elsewhere.length > 0) throw new Error(elsewhere.join('\n'));
    return names.map((name) => lines.filter((line) => line.startsWith(`${name}(`)).join('\n'));
  }

  /** Ends the project. */
  async remove() {
    await rm(this.folder, { recursive: true });
  }
}

async function pack(destination) {
  const [packed] = JSON.parse(await npm(PACKAGE, 'pack', '--json', '--pack-destination', destination));
  return { path: join(destination, packed.filename), files: packed.files.map((file) => file.path).sort() };
}

async function npm(folder, ...options) {
  const { stdout } = await execute('npm', options, { cwd: folder, env: ENVIRONMENT, maxBuffer: 2 ** 24 });
  return stdout;
}
