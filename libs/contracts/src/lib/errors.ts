/** What went wrong, in general. One exhaustive map turns a kind into a status; a code may narrow it. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'gone'
  | 'limited'
  | 'insufficient'
  | 'unavailable'
  | 'bug';

export const KIND_STATUS: Readonly<Record<ErrorKind, number>> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  limited: 429,
  insufficient: 402,
  unavailable: 503,
  bug: 500,
};

interface CatalogueEntry {
  readonly kind: ErrorKind;
  /** Where the kind's own status is not the right one. */
  readonly status?: number;
  readonly title: string;
}

const entry = (kind: ErrorKind, title: string, status?: number): CatalogueEntry =>
  status === undefined ? { kind, title } : { kind, title, status };

/**
 * Every code that an answer can carry, flat snake_case and stable for ever: clients switch on it. The title says
 * what to do, without details of the case.
 */
export const ERROR_CATALOGUE = {
  // The request itself
  malformed_json: entry('invalid', 'The body is not valid JSON in UTF-8', 400),
  malformed_request: entry('invalid', 'The request cannot be read', 400),
  duplicate_key: entry('invalid', 'The body names a member twice', 400),
  validation_failed: entry('invalid', 'Some members of the request are not valid; see issues'),
  body_too_large: entry('invalid', 'The body is larger than 64 kB', 413),
  body_too_deep: entry('invalid', 'The body is nested too deeply', 400),
  unsupported_media_type: entry('invalid', 'Send application/json', 415),
  method_not_allowed: entry('invalid', 'This path does not take that method; see Allow', 405),
  route_not_found: entry('not_found', 'There is nothing at this path; see /docs'),
  not_found: entry('not_found', 'There is no such thing, or it is not yours'),
  invalid_cursor: entry('invalid', 'The cursor is not one of this list with these filters; start again without it'),
  version_conflict: entry('conflict', 'Somebody else changed this meanwhile; read it again and repeat your change'),
  internal_error: entry('bug', 'Something went wrong on our side; tell us the request_id'),
  unavailable: entry('unavailable', 'The service cannot answer just now; try again shortly'),
  shutting_down: entry('unavailable', 'This process is stopping; try again'),
  // Credentials
  missing_credentials: entry('unauthenticated', 'Send Authorization: Bearer with an API key, or sign in'),
  invalid_api_key: entry('unauthenticated', 'The API key is malformed, unknown, expired or revoked'),
  invalid_session: entry('unauthenticated', 'The session has ended; sign in again'),
  permission_denied: entry('forbidden', 'Your role or key does not include this permission'),
  key_kind_not_allowed: entry('forbidden', 'This call needs a test key'),
  address_not_allowed: entry('forbidden', 'The application does not accept calls from this address'),
  application_disabled: entry('forbidden', 'The application is disabled'),
  organization_suspended: entry('forbidden', 'The organization is suspended'),
  step_up_required: entry('forbidden', 'Sign in again: this needs a sign-in younger than 10 minutes'),
  organization_not_selectable: entry('forbidden', 'Only staff of the platform choose an organization by header'),
  organization_required: entry('invalid', 'Name one organization with Tollgate-Organization'),
  origin_not_allowed: entry('forbidden', 'Unsafe calls with a session need the Origin of this console'),
  too_many_failed_authentications: entry('limited', 'Too many failed credentials from this address'),
  // Idempotency
  idempotency_key_required: entry('invalid', 'This call needs an Idempotency-Key', 400),
  idempotency_key_invalid: entry('invalid', 'Idempotency-Key takes 1 to 255 printable ASCII characters', 400),
  idempotency_key_reused: entry('invalid', 'This Idempotency-Key was used with another request'),
  request_in_progress: entry('conflict', 'The first call with this Idempotency-Key is still running'),
  // Organizations, applications, keys
  slug_taken: entry('conflict', 'Another organization has this slug'),
  organization_state: entry('conflict', 'The organization is not in a state that allows this'),
  built_in_organization: entry('conflict', 'The platform organization cannot be changed this way'),
  application_not_empty: entry('conflict', 'The application still has active keys; revoke them first'),
  application_state: entry('conflict', 'The application is not in a state that allows this'),
  address_mode_required: entry('invalid', 'Choose address_mode any or listed'),
  invalid_address_range: entry('invalid', 'Give an address or a CIDR range without host bits'),
  site_key_taken: entry('conflict', 'Another application has this site key'),
  key_state: entry('conflict', 'The key is not in a state that allows this'),
  too_many_keys: entry('conflict', 'The application has as many keys as it may; revoke one first'),
  // People
  last_owner: entry('conflict', 'The last owner stays; make somebody else an owner first'),
  last_super_admin: entry('conflict', 'The last super admin stays; name another first'),
  member_exists: entry('conflict', 'This person is already a member or invited'),
  reset_invalid: entry('gone', 'The link is used, replaced or older than 30 minutes'),
  invitation_invalid: entry('gone', 'The invitation is used, withdrawn or older than 72 hours'),
  role_not_assignable: entry('forbidden', 'You cannot give this role'),
  own_membership: entry('conflict', 'Somebody else must change your own roles or status'),
  sign_in_failed: entry('unauthenticated', 'The e-mail address, password or code is not right'),
  account_locked: entry('limited', 'Too many failed attempts; wait and try again'),
  second_factor_required: entry('unauthenticated', 'A second factor is needed'),
  password_too_weak: entry('invalid', 'Choose a password of 12 to 256 characters that is not a known one'),
  wrong_password: entry('invalid', 'The current password is not right'),
  factor_state: entry('conflict', 'The authenticator is not in a state that allows this'),
  wrong_factor_code: entry('invalid', 'The code of the authenticator is not right'),
  setup_closed: entry('gone', 'Set-up is done; sign in'),
  setup_token_invalid: entry('forbidden', 'The set-up token is not right'),
  // Verifications
  verification_not_found: entry('not_found', 'There is no such verification, or it is not yours'),
  invalid_destination: entry('invalid', 'The destination is not a valid phone number (E.164) or mailbox'),
  unsupported_line_type: entry('invalid', 'This kind of line cannot receive the message'),
  invalid_code_format: entry('invalid', 'The code must be digits only, of the length of this verification'),
  invalid_workflow: entry('invalid', 'The workflow is not valid for these channels and destinations'),
  channel_unavailable: entry('unavailable', 'No provider serves this channel and country'),
  delivery_unavailable: entry('unavailable', 'No delivery provider can be reached'),
  resend_cooldown: entry('limited', 'Wait before sending again'),
  too_many_sends: entry('limited', 'This verification was sent as often as it may'),
  quota_exceeded: entry('limited', 'Too many verifications; see violated_policies'),
  destination_locked: entry('limited', 'Too many wrong codes for this destination'),
  verification_blocked: entry('forbidden', 'The fraud guard refused this; staff see why by the request id'),
  country_not_allowed: entry('forbidden', 'The application does not send to this country'),
  destination_suppressed: entry('forbidden', 'This destination asked not to be written to, or cannot be reached'),
  spend_cap_reached: entry('limited', "Today's spend cap is reached"),
  verification_final: entry('conflict', 'The verification has already ended'),
  not_resendable: entry('invalid', 'This channel cannot be sent again'),
  insufficient_credits: entry('insufficient', 'There are not enough credits for this'),
  invalid_test_clock: entry('invalid', 'Test-Clock takes +1s to +86400s and needs a test key'),
  test_number_limit: entry('conflict', 'An application has at most 10 live test numbers'),
  test_number_exists: entry('conflict', 'This destination is a live test number of the application already'),
  test_number_invalid: entry(
    'invalid',
    'A live test number needs a code of the right length and an end within 90 days',
  ),
  factor_not_found: entry('not_found', 'There is no such authenticator, or it is not yours'),
  factor_locked: entry('limited', 'Too many wrong codes for this authenticator'),
  // Messaging
  template_invalid: entry('invalid', 'The template is not valid; see issues'),
  provider_in_use: entry('conflict', 'The provider still serves routes; disable it first'),
  provider_settings_invalid: entry('invalid', 'The settings of this provider are not valid; see issues'),
  address_refused: entry('invalid', 'Outgoing calls may not go to this address'),
  signature_invalid: entry('forbidden', 'The signature does not match'),
  message_not_resendable: entry('conflict', 'This message cannot be sent again'),
  // Credits
  amount_invalid: entry('invalid', 'The amount must be a whole number of milli-credits other than zero'),
  price_version_conflict: entry('conflict', 'Another price takes effect at that instant'),
  // Reports
  range_invalid: entry('invalid', 'The range must end after it begins and be no longer than allowed'),
  time_zone_invalid: entry('invalid', 'The time zone is not an IANA name such as Asia/Kolkata'),
  export_not_ready: entry('conflict', 'The export is still being written'),
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof ERROR_CATALOGUE;

export function statusOf(code: ErrorCode): number {
  const found: CatalogueEntry = ERROR_CATALOGUE[code];
  return found.status ?? KIND_STATUS[found.kind];
}
