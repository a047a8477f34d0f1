export interface Carrier {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  /** `shut` is refused; `sunset` and `unverified` are tried with a warning. */
  readonly status: 'active' | 'sunset' | 'unverified' | 'shut';
  readonly note: string;
  /** When somebody last looked. */
  readonly checked_on: string;
}

const CHECKED = '2026-11-22';
const carrier = (id: string, name: string, domain: string, status: Carrier['status'], note: string): Carrier => ({
  id,
  name,
  domain,
  status,
  note,
  checked_on: CHECKED,
});

/** Mail gateways of US carriers. They confirm nothing, know no sender and are being shut one after the other. */
export const CARRIERS: readonly Carrier[] = [
  carrier('att', 'AT&T', 'txt.att.net', 'shut', 'shut on 17 June 2025'),
  carrier('cricket', 'Cricket', 'sms.cricketwireless.net', 'shut', 'shut with AT&T on 17 June 2025'),
  carrier('tmobile', 'T-Mobile', 'tmomail.net', 'shut', 'shut in December 2024'),
  carrier('metro', 'Metro', 'mymetropcs.com', 'shut', 'shut with T-Mobile in December 2024'),
  carrier('sprint', 'Sprint', 'messaging.sprintpcs.com', 'shut', 'retired into T-Mobile'),
  carrier('verizon', 'Verizon', 'vtext.com', 'sunset', 'unreliable; ends on 31 March 2027'),
  carrier('xfinity', 'Xfinity Mobile', 'vtext.com', 'sunset', 'on Verizon; ends on 31 March 2027'),
  carrier('page_plus', 'Page Plus', 'vtext.com', 'sunset', 'on Verizon; ends on 31 March 2027'),
  carrier('straight_talk', 'Straight Talk', 'mypixmessages.com', 'sunset', 'on Verizon; ends on 31 March 2027'),
  carrier('google_fi', 'Google Fi', 'msg.fi.google.com', 'active', 'the only one that is still officially served'),
  carrier('us_cellular', 'US Cellular', 'email.uscc.net', 'unverified', 'nobody confirms that it works'),
  carrier('boost', 'Boost', 'sms.myboostmobile.com', 'unverified', 'assume that it is dead'),
  carrier('virgin', 'Virgin Mobile', 'vmobl.com', 'unverified', 'assume that it is dead'),
  carrier('republic', 'Republic Wireless', 'text.republicwireless.com', 'unverified', 'assume that it is dead'),
  carrier('consumer_cellular', 'Consumer Cellular', 'mailmymobile.net', 'unverified', 'assume that it is dead'),
  carrier('c_spire', 'C Spire', 'cspire1.com', 'unverified', 'assume that it is dead'),
  carrier('ting', 'Ting', 'message.ting.com', 'unverified', 'assume that it is dead'),
  carrier('cellcom', 'Cellcom', 'cellcom.quiktxt.com', 'unverified', 'assume that it is dead'),
];

export function carrierById(id: string): Carrier | null {
  return CARRIERS.find((each) => each.id === id) ?? null;
}
