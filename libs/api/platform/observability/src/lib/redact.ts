const SECRET = '[secret]';
const MAX_DEPTH = 6;
const MAX_MEMBERS = 60;
const MAX_TEXT = 4_000;

/** Members whose value never stands in a log, whatever it is. Compared without case, `-` and `_`. */
const SECRET_MEMBERS = new Set([
  'authorization',
  'proxyauthorization',
  'cookie',
  'cookies',
  'setcookie',
  'password',
  'newpassword',
  'currentpassword',
  'passphrase',
  'pepper',
  'token',
  'accesstoken',
  'refreshtoken',
  'idtoken',
  'authtoken',
  'settoken',
  'setuptoken',
  'apikey',
  'apitoken',
  'key',
  'keys',
  'hashkey',
  'privatekey',
  'secret',
  'secrets',
  'clientsecret',
  'seed',
  'otp',
  'totp',
  'otpauthuri',
  'recoverycode',
  'recoverycodes',
  'credentials',
  'signature',
  'xapikey',
  'xservicekey',
  'xauthservicekey',
  'idempotencykey',
  'to',
  'destination',
  'phone',
  'phonenumber',
  'mobile',
  'email',
  'mailbox',
  'recipient',
  'recipients',
  'body',
  'rawbody',
  'payload',
  'text',
  'variables',
  'parameters',
  'query',
  'qrsvg',
]);

/**
 * What may stand inside any text: tokens by their prefix, credentials of a URL, bearer tokens, addresses of people, and
 * runs of 4 to 10 digits that are not part of a name, port or line number, since a provider's error may quote a code.
 */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\btg_(live|test)_[A-Za-z0-9_-]+/g, 'tg_$1_[secret]'],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]+/gi, '$1 [secret]'],
  [/\bSG\.[A-Za-z0-9_-]{8,}(\.[A-Za-z0-9_-]+)?/g, SECRET],
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/g, SECRET],
  [/:\/\/[^\s/@:]{1,200}:[^\s/@]{1,200}@/g, '://[secret]@'],
  [
    /\b(password|passwd|pwd|token|secret|api[_-]?key|otp|code|key)(["']?\s*[=:]\s*["']?)(?!\[)[^\s"',;&)}]+/gi,
    `$1$2${SECRET}`,
  ],
  [/[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}/g, '[mailbox]'],
  [/\+\d[\d ()-]{6,18}\d/g, '[phone]'],
  [/(?<![\w:./-])\d{4,15}(?![\w:/-])/g, '[digits]'],
];

/** A free text as it may be logged. */
export function redactText(text: string): string {
  let safe = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
  for (const [pattern, replacement] of PATTERNS) safe = safe.replace(pattern, replacement);
  return safe;
}

const nameOf = (member: string): string => member.toLowerCase().replaceAll(/[-_]/g, '');

/** `code` is an error's code, or a one-time code; a reference number of the wrong kind is no loss. */
const isCode = (name: string, value: unknown): boolean =>
  name.endsWith('code') &&
  (typeof value === 'number' ? value >= 1_000 : typeof value === 'string' && /^\d{4,10}$/.test(value));

function redactError(error: Error, depth: number): Record<string, unknown> {
  const { code, errno, cause } = error as NodeJS.ErrnoException & { cause?: unknown };
  return {
    type: error.name,
    message: redactText(error.message),
    ...(typeof code === 'string' && !isCode('code', code) ? { code } : {}),
    ...(errno === undefined ? {} : { errno }),
    // The frames alone: the first lines repeat the message.
    stack: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 12)
      .join('\n'),
    ...(cause === undefined || depth >= MAX_DEPTH ? {} : { cause: redactValue(cause, depth + 1) }),
  };
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'function' || typeof value === 'symbol') return undefined;
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Error) return redactError(value, depth);
  if (value instanceof Date) return value.toISOString();
  if (ArrayBuffer.isView(value)) return '[bytes]';
  if (depth >= MAX_DEPTH) return '[deep]';
  if (Array.isArray(value)) return value.slice(0, MAX_MEMBERS).map((each) => redactValue(each, depth + 1));
  return redactMembers(value, depth + 1);
}

function redactMembers(value: object, depth: number): Record<string, unknown> {
  const safe: Record<string, unknown> = {};
  for (const [member, inner] of Object.entries(value).slice(0, MAX_MEMBERS)) {
    const name = nameOf(member);
    if (SECRET_MEMBERS.has(name) || isCode(name, inner))
      safe[member] = inner === null || inner === undefined ? inner : SECRET;
    else safe[member] = redactValue(inner, depth);
  }
  return safe;
}

/** A copy of what somebody wants to log, with everything left out that must not be read by whoever reads logs. */
export function redact(fields: object): Record<string, unknown> {
  return redactMembers(fields, 0);
}
