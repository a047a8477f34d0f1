const FALLBACK = '/';

/**
 * Where to go after signing in: a path of this origin, or the console's start page. Only the path, query and fragment
 * of what was asked for can ever be used, and only when a browser would read the text exactly as we do: no second
 * slash, no backslash, no control character, no encoded form of them, no way out of the root.
 */
export function returnPath(asked: string | undefined): string {
  if (asked === undefined || asked.length > 1_000 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(asked)) return FALLBACK;
  if (/[\\<>"'`]|%(0[0-9a-f]|1[0-9a-f]|2f|5c|25|7f)/i.test(asked)) return FALLBACK;
  if (/(^|\/)\.{1,2}(;|\/|\?|#|$)|%2e|\/\//i.test(asked.split(/[?#]/)[0] ?? '')) return FALLBACK;
  const url = new URL(asked, 'http://origin.invalid');
  if (url.origin !== 'http://origin.invalid' || url.username !== '' || url.password !== '') return FALLBACK;
  const path = url.pathname + url.search + url.hash;
  // Back to a page of signing in would be a circle; to signing out, a trap.
  return path !== asked || /^\/(sign-in|sign-out|setup|invite|v1)(\/|\?|#|$)/.test(path) ? FALLBACK : path;
}
