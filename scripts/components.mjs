// Lists the crates that the program is made of, from `cargo metadata`.
//
//   node scripts/components.mjs licences   writes src/pages/licences/crates.tsv, which the page /licences shows
//   node scripts/components.mjs sbom       prints a software bill of materials (CycloneDX 1.6, JSON)
//
// Run the first after every change of Cargo.lock: a test compares the two.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const LICENCES = 'src/pages/licences/crates.tsv';

const metadata = JSON.parse(
  execFileSync('cargo', ['metadata', '--format-version', '1', '--all-features', '--locked'], { maxBuffer: 1 << 28 }),
);
const nodes = new Map(metadata.resolve.nodes.map((node) => [node.id, node]));
const own = metadata.resolve.root;

// What is compiled into the program: neither build scripts and macros, which run while compiling, nor what only tests use.
const shipped = new Set();
const visit = (id) => {
  if (shipped.has(id)) return;
  shipped.add(id);
  for (const dependency of nodes.get(id).deps) {
    const isNormal = dependency.dep_kinds.some(({ kind }) => kind === null);
    if (isNormal && !isMacro(dependency.pkg)) visit(dependency.pkg);
  }
};
const packages = new Map(metadata.packages.map((one) => [one.id, one]));
const isMacro = (id) => packages.get(id).targets.some(({ kind }) => kind.includes('proc-macro'));
visit(own);

const order = (a, b) => (a.name === b.name ? (a.version < b.version ? -1 : 1) : a.name < b.name ? -1 : 1);
const crates = [...packages.values()].filter((one) => one.source !== null).sort(order);
const text = (value) => (value ?? '').replace(/\s+/g, ' ').trim();

// Addresses of mail do not belong on a page.
const names = (authors) =>
  authors
    .map((author) => text(author.replace(/<[^>]*>|\S+@\S+/g, '')))
    .filter(Boolean)
    .join('; ');

const [what] = process.argv.slice(2);
if (what === 'licences') {
  const row = (one) =>
    [
      one.name,
      one.version,
      text(one.license).replace(/\s*\/\s*/g, ' OR '),
      names(one.authors),
      text(one.repository ?? one.homepage),
      shipped.has(one.id) ? 'shipped' : '',
    ].join('\t');
  const head = 'name\tversion\tlicence\tauthors\taddress\tshipped';
  writeFileSync(LICENCES, [head, ...crates.map(row), ''].join('\n'));
} else if (what === 'sbom') {
  process.stdout.write(`${JSON.stringify(bom(), null, 2)}\n`);
} else {
  console.error('Usage: node scripts/components.mjs licences | sbom');
  process.exit(2);
}

function bom() {
  // Checksums of the packages as the registry published them.
  const lock = readFileSync('Cargo.lock', 'utf8').split('[[package]]');
  const field = (part, name) => part.match(new RegExp(`^${name} = "(.*)"$`, 'm'))?.[1];
  const checksums = new Map(lock.map((part) => [`${field(part, 'name')}@${field(part, 'version')}`, field(part, 'checksum')]));
  const reference = (one) => `pkg:cargo/${one.name}@${one.version}`;
  const component = (one) => {
    const checksum = checksums.get(`${one.name}@${one.version}`);
    return {
      type: 'library',
      'bom-ref': reference(one),
      name: one.name,
      version: one.version,
      scope: shipped.has(one.id) ? 'required' : 'excluded',
      ...(checksum && { hashes: [{ alg: 'SHA-256', content: checksum }] }),
      ...(one.license && { licenses: [{ expression: text(one.license).replace(/\s*\/\s*/g, ' OR ') }] }),
      purl: reference(one),
      ...(one.repository && { externalReferences: [{ type: 'vcs', url: one.repository }] }),
    };
  };
  const program = packages.get(own);
  const uses = (id) => nodes.get(id).dependencies.map((other) => reference(packages.get(other)));
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': reference(program),
        name: program.name,
        version: program.version,
        licenses: [{ expression: program.license }],
      },
    },
    components: crates.map(component),
    dependencies: [...packages.values()].sort(order).map((one) => ({ ref: reference(one), dependsOn: uses(one.id).sort() })),
  };
}
