import type { BuiltInTemplate, Channel } from '../message-queue';

/** The texts of one locale. HTML is made from the text unless given. */
export interface TemplateContent {
  readonly text: string;
  readonly subject?: string | null;
  readonly html?: string | null;
  /** India's DLT register: the id under which this text is approved, and the entity when it is not the sender's. */
  readonly dlt_template_id?: string | null;
  readonly dlt_entity_id?: string | null;
  /** Sender of this text, instead of the provider's for the country. */
  readonly sender_id?: string | null;
}

export type Contents = Readonly<Record<string, TemplateContent>>;

const verificationSms: Contents = {
  en: { text: '{{code}} is your {{application}} code. Valid {{minutes}} min. Do not share it.' },
  hi: { text: '{{code}} आपका {{application}} कोड है। {{minutes}} मिनट मान्य। साझा न करें।' },
  es: { text: '{{code}} es su código de {{application}}. Vale {{minutes}} min. No lo comparta.' },
  fr: { text: '{{code}} est votre code {{application}}. Valable {{minutes}} min. Ne le partagez pas.' },
  de: { text: '{{code}} ist Ihr Code für {{application}}. {{minutes}} Min. gültig. Nicht weitergeben.' },
  pt: { text: '{{code}} é o seu código {{application}}. Válido por {{minutes}} min. Não o partilhe.' },
  'pt-BR': { text: '{{code}} é seu código {{application}}. Válido por {{minutes}} min. Não compartilhe.' },
  ar: { text: '{{code}} هو رمز {{application}}. صالح {{minutes}} دقيقة. لا تشاركه.' },
  it: { text: '{{code}} è il tuo codice {{application}}. Vale {{minutes}} min. Non condividerlo.' },
  nl: { text: '{{code}} is uw code voor {{application}}. {{minutes}} min geldig. Deel deze niet.' },
  af: { text: '{{code}} is jou {{application}}-kode. Geldig {{minutes}} min. Moenie dit deel nie.' },
  zu: { text: '{{code}} ikhodi yakho ye-{{application}}. Isebenza imizuzu {{minutes}}. Ungayabi.' },
  tr: { text: '{{code}} {{application}} kodunuzdur. {{minutes}} dk geçerli. Paylaşmayın.' },
  id: { text: '{{code}} adalah kode {{application}} Anda. Berlaku {{minutes}} menit. Jangan dibagikan.' },
};

const verificationMail: Contents = {
  en: {
    subject: 'Your {{application}} code',
    text: '{{code}} is your {{application}} code.\n\nIt is valid for {{minutes}} minutes and works once. Do not share it: we never ask for it.\n\nIf you did not ask for a code, ignore this message.',
  },
  hi: {
    subject: 'आपका {{application}} कोड',
    text: '{{code}} आपका {{application}} कोड है।\n\nयह {{minutes}} मिनट तक मान्य है और एक बार काम करता है। इसे किसी से साझा न करें।\n\nयदि आपने कोड नहीं माँगा, तो इस संदेश को अनदेखा करें।',
  },
  es: {
    subject: 'Su código de {{application}}',
    text: '{{code}} es su código de {{application}}.\n\nVale {{minutes}} minutos y sirve una vez. No lo comparta: nunca se lo pediremos.\n\nSi no ha pedido un código, ignore este mensaje.',
  },
  fr: {
    subject: 'Votre code {{application}}',
    text: '{{code}} est votre code {{application}}.\n\nIl est valable {{minutes}} minutes et sert une seule fois. Ne le partagez pas : nous ne le demandons jamais.\n\nSi vous n’avez pas demandé de code, ignorez ce message.',
  },
  de: {
    subject: 'Ihr Code für {{application}}',
    text: '{{code}} ist Ihr Code für {{application}}.\n\nEr gilt {{minutes}} Minuten und nur einmal. Geben Sie ihn nicht weiter: Wir fragen nie danach.\n\nHaben Sie keinen Code angefordert, ist nichts zu tun.',
  },
  pt: {
    subject: 'O seu código {{application}}',
    text: '{{code}} é o seu código {{application}}.\n\nÉ válido por {{minutes}} minutos e serve uma vez. Não o partilhe: nunca o pedimos.\n\nSe não pediu um código, ignore esta mensagem.',
  },
  ar: {
    subject: 'رمز {{application}}',
    text: '{{code}} هو رمزك في {{application}}.\n\nالرمز صالح لمدة {{minutes}} دقيقة ويُستعمل مرة واحدة. لا تشاركه مع أحد.\n\nإذا لم تطلب رمزًا فتجاهل هذه الرسالة.',
  },
};

const staff = (subject: string, text: string): Contents => ({ en: { subject, text } });

const TEMPLATES: Readonly<Record<BuiltInTemplate, Partial<Record<Channel, Contents>>>> = {
  verification: { sms: verificationSms, email: verificationMail },
  invitation: {
    email: staff(
      'You are invited to {{organization}}',
      '{{inviter}} invites you to {{organization}} as {{role}}.\n\nOpen this link to accept; it works once, for {{hours}} hours:\n{{code}}\n\nIf you do not know {{organization}}, ignore this message.',
    ),
  },
  password_reset: {
    email: staff(
      'Set a new password',
      'Open this link to set a new password for {{organization}}; it works once, for {{minutes}} minutes:\n{{code}}\n\nIf you did not ask for it, ignore this message: nothing changes.',
    ),
  },
  low_balance: {
    email: staff(
      '{{organization}}: credits are running low',
      '{{organization}} has {{balance}} credits left, below the threshold of {{threshold}}.\n\nVerifications are refused when none are left. Add credits here:\n{{url}}',
    ),
  },
  provider_down: {
    email: staff(
      'Delivery provider {{provider}} is failing',
      'Messages through {{provider}} ({{country}}) are failing since {{since}}: {{reason}}.\n\nThey go through the next provider where there is one. Look here:\n{{url}}',
    ),
  },
  test: {
    sms: { en: { text: 'Test message from {{application}}. Delivery works.' } },
    email: staff('Test message from {{application}}', 'This is a test message from {{application}}. Delivery works.'),
  },
};

/** The texts of a built-in template for a channel; null when there is none. */
export function builtInTemplate(key: string, channel: Channel): Contents | null {
  return Object.hasOwn(TEMPLATES, key) ? (TEMPLATES[key as BuiltInTemplate][channel] ?? null) : null;
}

export function builtInTemplates(): {
  readonly key: BuiltInTemplate;
  readonly channel: Channel;
  readonly contents: Contents;
}[] {
  return (Object.keys(TEMPLATES) as BuiltInTemplate[]).flatMap((key) =>
    (['sms', 'email'] as const).flatMap((channel) => {
      const contents = TEMPLATES[key][channel];
      return contents === undefined ? [] : [{ key, channel, contents }];
    }),
  );
}
