import type { IconName } from '../icon-names';

export type Tone = 'success' | 'warning' | 'danger' | 'info' | 'neutral';

export interface StatusLook {
  readonly label: string;
  readonly tone: Tone;
  readonly icon: IconName;
}

const look = (label: string, tone: Tone, icon: IconName): StatusLook => ({ label, tone, icon });

/** The one map from values of the API to word, tone and icon. A value missing here shows as itself, neutral. */
export const STATUS_LOOKS: Readonly<Record<string, StatusLook>> = {
  // Lives of things
  active: look('Active', 'success', 'check_circle'),
  enabled: look('Enabled', 'success', 'check_circle'),
  pending: look('Pending', 'warning', 'hourglass_empty'),
  pending_approval: look('Pending approval', 'warning', 'hourglass_empty'),
  invited: look('Invited', 'info', 'forward_to_inbox'),
  disabled: look('Disabled', 'neutral', 'block'),
  suspended: look('Suspended', 'danger', 'pause'),
  deletion_requested: look('Deletion requested', 'danger', 'delete'),
  locked: look('Locked', 'danger', 'lock'),
  revoked: look('Revoked', 'neutral', 'key_off'),
  retiring: look('Retiring', 'warning', 'timer'),
  current: look('Current', 'success', 'check_circle'),
  scheduled: look('Scheduled', 'info', 'schedule'),
  past: look('Past', 'neutral', 'history'),
  rotating: look('Rotating', 'info', 'autorenew'),
  deleted: look('Deleted', 'neutral', 'delete'),
  withdrawn: look('Withdrawn', 'neutral', 'undo'),
  accepted: look('Accepted', 'success', 'check_circle'),
  // Verifications
  approved: look('Approved', 'success', 'verified'),
  verified: look('Verified', 'success', 'verified'),
  failed: look('Failed', 'danger', 'error'),
  expired: look('Expired', 'neutral', 'timer_off'),
  canceled: look('Canceled', 'neutral', 'cancel'),
  undeliverable: look('Undeliverable', 'danger', 'report'),
  blocked: look('Blocked', 'danger', 'gpp_bad'),
  never_used: look('Never used', 'warning', 'hourglass_empty'),
  completed: look('Completed', 'success', 'task_alt'),
  unused: look('Unused', 'warning', 'hourglass_empty'),
  success: look('Success', 'success', 'check_circle'),
  failure: look('Failed', 'danger', 'error'),
  denied: look('Denied', 'danger', 'block'),
  done: look('Done', 'success', 'task_alt'),
  error: look('Error', 'danger', 'error'),
  // Messages
  queued: look('Queued', 'info', 'schedule'),
  sending: look('Sending', 'info', 'send'),
  sent: look('Sent', 'info', 'send'),
  delivered: look('Delivered', 'success', 'mark_email_read'),
  bounced: look('Bounced', 'danger', 'reply'),
  undelivered: look('Undelivered', 'danger', 'report'),
  unknown: look('Unknown', 'neutral', 'help'),
  not_sent: look('Not sent', 'neutral', 'block'),
  skipped: look('Skipped', 'neutral', 'chevron_right'),
  // Money
  paid: look('Paid', 'success', 'check_circle'),
  refunded: look('Refunded', 'info', 'undo'),
  disputed: look('Disputed', 'danger', 'flag'),
  held: look('Held', 'info', 'lock'),
  captured: look('Captured', 'success', 'check_circle'),
  released: look('Released', 'neutral', 'lock_open'),
  // Health
  healthy: look('Healthy', 'success', 'check_circle'),
  ok: look('Healthy', 'success', 'check_circle'),
  degraded: look('Degraded', 'warning', 'warning'),
  down: look('Down', 'danger', 'error'),
  open: look('Open', 'danger', 'block'),
  half_open: look('Trying again', 'warning', 'sync'),
  closed: look('Closed', 'success', 'check_circle'),
  // Publishing, jobs, matching
  draft: look('Draft', 'neutral', 'edit'),
  published: look('Published', 'success', 'public'),
  archived: look('Archived', 'neutral', 'archive'),
  running: look('Running', 'info', 'autorenew'),
  ready: look('Ready', 'success', 'check_circle'),
  succeeded: look('Succeeded', 'success', 'check_circle'),
  matched: look('Matched', 'success', 'check_circle'),
  unmatched: look('Unmatched', 'warning', 'link_off'),
  differs: look('Differs', 'danger', 'priority_high'),
  // Decisions and modes
  allowed: look('Allowed', 'success', 'check_circle'),
  refused: look('Refused', 'danger', 'block'),
  allow: look('Allow', 'success', 'check_circle'),
  block: look('Block', 'danger', 'block'),
  slowed: look('Slowed', 'warning', 'speed'),
  would_block: look('Would block', 'info', 'visibility'),
  enforce: look('Enforced', 'success', 'shield'),
  record: look('Recorded only', 'info', 'visibility'),
  off: look('Off', 'neutral', 'power_settings_new'),
  idle: look('Idle', 'neutral', 'circle'),
  warning: look('Warning', 'warning', 'warning'),
  record_only: look('Recorded only', 'info', 'visibility'),
  live: look('Live', 'success', 'sensors'),
  test: look('Test', 'warning', 'experiment'),
};

/** HTTP statuses by their class. */
const HTTP_LOOKS: Readonly<Record<string, Omit<StatusLook, 'label'>>> = {
  2: { tone: 'success', icon: 'check' },
  3: { tone: 'info', icon: 'arrow_forward' },
  4: { tone: 'warning', icon: 'warning' },
  5: { tone: 'danger', icon: 'error' },
};

export function statusLook(value: string): StatusLook {
  const known = STATUS_LOOKS[value];
  if (known) return known;
  const http = /^[2-5]\d\d$/.test(value) ? HTTP_LOOKS[value.charAt(0)] : undefined;
  if (http) return { label: value, ...http };
  const words = value.replaceAll('_', ' ');
  return look(words.charAt(0).toUpperCase() + words.slice(1), 'neutral', 'circle');
}
