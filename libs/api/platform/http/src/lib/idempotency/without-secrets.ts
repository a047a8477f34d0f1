/** A copy without the members at these paths (`token`, `key.token`): what may be kept of an answer. */
export function withoutSecrets(body: unknown, paths: readonly string[]): unknown {
  if (paths.length === 0 || typeof body !== 'object' || body === null) return body;
  if (Array.isArray(body)) return body.map((each) => withoutSecrets(each, paths));
  const copy: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(body)) {
    if (paths.includes(name)) continue;
    const inner = paths.filter((path) => path.startsWith(`${name}.`)).map((path) => path.slice(name.length + 1));
    copy[name] = withoutSecrets(member, inner);
  }
  return copy;
}
