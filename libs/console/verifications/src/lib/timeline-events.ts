import type { TimelineEntry } from '@tollgate/contracts';
import type { TimelineEvent } from '@tollgate/console/ui';

const credits = (milli: number): string =>
  `${new Intl.NumberFormat('en', { maximumFractionDigits: 3 }).format(milli / 1000)} ${milli === 1000 ? 'credit' : 'credits'}`;

const words = (snake: string): string => snake.replaceAll('_', ' ');
const title = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

type Facts = readonly (readonly [string, string])[];
const facts = (...pairs: readonly (readonly [string, string | null])[]): Facts =>
  pairs.filter((pair): pair is readonly [string, string] => pair[1] !== null);

const CHANNELS = { sms: 'SMS', email: 'e-mail', mobile: 'authenticator' } as const;
const TRIGGERS = { start: 'Message queued', resend: 'Sent again', fallback: 'Fallback' } as const;
const CREDIT_ACTS = {
  charge: 'Charged',
  hold: 'Held for the check',
  capture: 'Check charged',
  release: 'Hold released',
  refund: 'Refunded',
} as const;

function describe(entry: TimelineEntry): Omit<TimelineEvent, 'id' | 'at'> {
  switch (entry.kind) {
    case 'requested':
      return {
        title: 'Requested',
        icon: 'http',
        facts: facts(
          ['Request', entry.request_id],
          ['User', entry.user_ref],
          ['Address', entry.client_ip],
          ['Browser', entry.user_agent],
        ),
      };
    case 'guard':
      return {
        title: {
          allow: 'Allowed by the fraud guard',
          block: 'Blocked by the fraud guard',
          would_block: 'Would have been blocked',
        }[entry.outcome],
        icon: 'shield_person',
        tone: ({ allow: 'success', block: 'danger', would_block: 'warning' } as const)[entry.outcome],
        text: entry.reasons.map((reason) => reason.explanation).join('. '),
        facts: entry.reasons.map(
          (reason) => [words(reason.rule), `${reason.observed ?? '–'} of ${reason.allowed ?? '–'}`] as const,
        ),
      };
    case 'send':
      return {
        title: `${TRIGGERS[entry.trigger]}: ${CHANNELS[entry.channel]}`,
        icon: 'chat',
        tone: 'info',
        status: entry.state,
        facts: facts(['To', entry.to], ['Message', entry.message_id]),
      };
    case 'attempt':
      return {
        title: `Tried ${entry.provider}`,
        icon: 'cell_tower',
        tone: entry.error_class === null ? 'info' : 'warning',
        status: entry.state,
        facts: facts(['Reason', entry.error_class && words(entry.error_class)], ['Code', entry.error_code]),
      };
    case 'delivered':
      return { title: 'Delivered', icon: 'check_circle', tone: 'success', facts: facts(['Provider', entry.provider]) };
    case 'step_skipped':
      return {
        title: `Fallback to ${CHANNELS[entry.channel]} skipped`,
        icon: 'block',
        tone: 'warning',
        text: title(words(entry.code)),
      };
    case 'check': {
      const right = entry.outcome === 'approved';
      return {
        title: right ? 'Right code' : title(words(entry.outcome)),
        icon: right ? 'verified' : 'close',
        tone: right ? 'success' : 'warning',
        text: entry.counted || right ? '' : 'Used up no check',
        facts: facts(['Request', entry.request_id]),
      };
    }
    case 'credits':
      return {
        title: `${CREDIT_ACTS[entry.act]}: ${credits(entry.amount)}`,
        icon: 'toll',
        facts: facts(['For', entry.operation]),
      };
    case 'ended':
      return {
        title: `Ended: ${words(entry.status)}`,
        icon: entry.status === 'approved' ? 'verified' : 'history',
        tone: entry.status === 'approved' ? 'success' : 'neutral',
        text: entry.reason === null ? '' : title(words(entry.reason)),
      };
  }
}

/** The story of a verification in words, oldest first. */
export function timelineEvents(entries: readonly TimelineEntry[]): TimelineEvent[] {
  return entries.map((entry, at) => ({ id: String(at), at: entry.at, ...describe(entry) }));
}
