// Prints the project graph: each project with its tags and what it depends on.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'tollgate-graph-'));
const file = join(folder, 'graph.json');
execFileSync('nx', ['graph', `--file=${file}`], { stdio: ['ignore', 'ignore', 'inherit'] });
const { graph } = JSON.parse(readFileSync(file, 'utf8'));
rmSync(folder, { recursive: true });

for (const name of Object.keys(graph.nodes).sort()) {
  const tags = graph.nodes[name].data.tags ?? [];
  const targets = [...new Set((graph.dependencies[name] ?? []).map((edge) => edge.target))].filter(
    (target) => target in graph.nodes,
  );
  console.log(`${name}  [${tags.join(' ')}]`);
  for (const target of targets.sort()) console.log(`  -> ${target}`);
}
