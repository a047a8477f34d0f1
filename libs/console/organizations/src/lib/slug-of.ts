const MOST = 48;

/** The slug that a name suggests: `Café Über (Pty) Ltd` gives `cafe-uber-pty-ltd`. Too short a one is no suggestion. */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, MOST)
    .replaceAll(/^-+|-+$/g, '');
  return slug.length < 3 ? '' : slug;
}
