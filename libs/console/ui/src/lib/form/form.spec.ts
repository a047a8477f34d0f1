import { TestBed } from '@angular/core/testing';
import * as z from 'zod';
import {
  ChoiceField,
  FormFrame,
  ListField,
  LookupField,
  MultiChoiceField,
  NumberField,
  Problem,
  SecretField,
  SelectField,
  TextField,
  TextareaField,
  ToggleField,
  apiForm,
  forForm,
} from '../../index';
import { FormHarness, renderPart } from '../../testing';

describe('The adapter between contract and form', () => {
  const schema = z.strictObject({
    name: z.string().min(1).max(10),
    note: z.string().min(1).optional(),
    country: z.string().length(2).nullable(),
    limit: z.int().min(1).max(100).nullable().optional(),
    settings: z.strictObject({ zone: z.string().min(1).optional() }).optional(),
  });

  it('leaves out blanks of optional members and sends null for nullable ones', () => {
    expect(forForm(schema).toBody({ name: 'a', note: '', country: '', limit: null, settings: { zone: '' } })).toEqual({
      name: 'a',
      country: null,
      limit: null,
      settings: {},
    });
  });

  it.each([
    [{ name: '' }, 'Fill this in'],
    [{ name: 'far too long a name' }, 'Give at most 10 characters'],
  ])('says how to mend %p', (change, message) => {
    const issues = forForm(schema).issues({ name: 'a', country: 'ZA', ...change });
    expect(issues).toEqual([{ path: ['name'], message }]);
  });

  it('words numbers, choices, addresses and its own messages', () => {
    const says = (one: z.ZodType, value: unknown) =>
      forForm(z.strictObject({ x: one })).issues({ x: value })[0]?.message;
    expect(says(z.int().min(1), 0)).toBe('Give 1 or more');
    expect(says(z.number().max(5), 6)).toBe('Give 5 or less');
    expect(says(z.int(), 1.5)).toBe('Give a whole number');
    expect(says(z.int(), null)).toBe('Fill this in');
    expect(says(z.enum(['a', 'b']), 'c')).toBe('Choose one of these');
    expect(says(z.email(), 'x')).toBe('Give an address such as name@example.com');
    expect(says(z.array(z.string()).min(1), [])).toBe('Give at least 1');
    expect(says(z.string().regex(/^a/, 'must start with a'), 'b')).toBe('Must start with a');
  });

  it('gives one message a field, and paths into lists', () => {
    const list = forForm(z.strictObject({ ips: z.array(z.string().min(2).regex(/^\d/)) }));
    expect(list.issues({ ips: ['10', 'x'] })).toEqual([{ path: ['ips', 1], message: 'Give at least 2 characters' }]);
  });
});

const PARTS = [
  ChoiceField,
  FormFrame,
  ListField,
  LookupField,
  MultiChoiceField,
  NumberField,
  SecretField,
  SelectField,
  TextField,
  TextareaField,
  ToggleField,
];

describe('The fields of a form', () => {
  const body = z.strictObject({
    name: z.string().min(1),
    notes: z.string().min(1).optional(),
    ttl: z.int().min(60),
    country: z.string().length(2).nullable(),
    mode: z.enum(['any', 'listed']),
    channels: z.array(z.string()).min(1),
    enabled: z.boolean(),
    addresses: z.array(z.string().regex(/^[\d.]+$/, 'must be an address')),
    token: z.string().min(8).optional(),
    app: z.string().min(1).optional(),
  });
  const render = async (submit: (sent: z.infer<typeof body>) => Promise<unknown> = (sent) => Promise.resolve(sent)) => {
    const sent: unknown[] = [];
    const part = await renderPart(
      `<tg-form [form]="form" submitLabel="Create">
         <tg-text-field label="Name" [field]="form.fields.name" hint="Short" />
         <tg-textarea-field label="Notes" [field]="form.fields.notes" [optional]="true" />
         <tg-number-field label="Lives for" unit="seconds" [field]="form.fields.ttl" />
         <tg-select-field label="Country" [field]="form.fields.country" blank="None" [options]="countries" />
         <tg-choice-field label="Mode" [field]="form.fields.mode" [options]="modes" />
         <tg-multi-choice-field label="Channels" [field]="form.fields.channels" [options]="channels" />
         <tg-toggle-field label="Enabled" [field]="form.fields.enabled" />
         <tg-list-field label="Addresses" [field]="form.fields.addresses" />
         <tg-secret-field label="Token" stored="Set 3 Oct 2026" [field]="form.fields.token" />
         <tg-lookup-field label="Application" [field]="form.fields.app" [search]="search" [optional]="true" />
       </tg-form>`,
      PARTS,
      () => ({
        form: apiForm({
          schema: body,
          model: {
            name: '',
            notes: '',
            ttl: 300 as number | null,
            country: '',
            mode: 'any',
            channels: ['sms'],
            enabled: false,
            addresses: [] as string[],
            token: '',
            app: '',
          },
          submit: (one) => {
            sent.push(one);
            return submit(one);
          },
        }),
        countries: [{ value: 'ZA', label: 'South Africa' }],
        modes: [
          { value: 'any', label: 'Any address' },
          { value: 'listed', label: 'Only listed' },
        ],
        channels: [
          { value: 'sms', label: 'SMS' },
          { value: 'email', label: 'E-mail' },
        ],
        search: (text: string) => Promise.resolve([{ value: 'app_1', label: `Web shop ${text}` }]),
      }),
    );
    return { ...part, sent, form: await part.loader.getHarness(FormHarness) };
  };
  const box = (element: HTMLElement, label: string) => {
    const id = [...element.querySelectorAll('label.label')]
      .find((one) => one.textContent?.includes(label))
      ?.getAttribute('for');
    return element.querySelector<HTMLInputElement>(`[id="${id ?? ''}"]`) ?? document.createElement('input');
  };

  it('send what was filled in, and leave blanks out', async () => {
    const { form, sent, element, settle } = await render();
    await form.fill('Name', 'Web shop');
    await form.fill('Lives for', '900');
    await form.choose('Country', 'South Africa');
    await form.toggle('Only listed');
    await form.toggle('E-mail');
    await form.toggle('Enabled');
    const add = box(element, 'Addresses');
    add.value = '203.0.113.7';
    add.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    await form.submit();
    await settle();
    expect(sent).toEqual([
      {
        name: 'Web shop',
        ttl: 900,
        country: 'ZA',
        mode: 'listed',
        channels: ['sms', 'email'],
        enabled: true,
        addresses: ['203.0.113.7'],
      },
    ]);
  });

  it('read seconds back in words', async () => {
    const { form, element } = await render();
    await form.fill('Lives for', '5400');
    expect(element.textContent).toContain('seconds = 1 hour 30 minutes');
  });

  it('say nothing before somebody was there, and everything after a try', async () => {
    const { form, sent } = await render();
    expect(await form.error('Name')).toBeNull();
    await form.submit();
    expect(await form.error('Name')).toBe('Fill this in');
    expect(sent).toEqual([]);
  });

  it('find one of many on the server', async () => {
    const { element, form, sent, settle } = await render();
    const search = box(element, 'Application');
    search.dispatchEvent(new Event('focus'));
    search.value = 'web';
    search.dispatchEvent(new Event('input'));
    await settle();
    search.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    await settle();
    expect(search.value).toBe('Web shop web');
    await form.fill('Name', 'x');
    await form.submit();
    await settle();
    expect(sent[0]).toMatchObject({ app: 'app_1' });
  });

  it('never show a stored secret, and open for a new one', async () => {
    const { element, form, sent, settle } = await render();
    expect(element.textContent).toContain('Set 3 Oct 2026');
    [...element.querySelectorAll('button')].find((one) => one.textContent?.includes('Replace'))?.click();
    await settle();
    await form.fill('Token', 'new-secret-1');
    await form.fill('Name', 'x');
    await form.submit();
    await settle();
    expect(sent[0]).toMatchObject({ token: 'new-secret-1' });
  });

  it('take a pasted list at once and show which entry is wrong', async () => {
    const { element, settle } = await render();
    const add = box(element, 'Addresses');
    const paste = Object.assign(new Event('paste', { cancelable: true }), {
      clipboardData: { getData: () => '10.0.0.1, nonsense\n10.0.0.2' },
    });
    add.dispatchEvent(paste);
    await settle();
    const items = [...element.querySelectorAll('.items li')].map((item) => item.textContent?.trim() ?? '');
    expect(items).toHaveLength(3);
    expect(items[1]).toContain('Must be an address');
    element.querySelector<HTMLButtonElement>('button[aria-label="Remove nonsense"]')?.click();
    await settle();
    expect(element.querySelectorAll('.items li')).toHaveLength(2);
  });

  it('send once, however often the button is pressed', async () => {
    let finish: (value: unknown) => void = () => undefined;
    const { form, sent, settle } = await render(() => new Promise((resolve) => (finish = resolve)));
    await form.fill('Name', 'x');
    void form.submit();
    void form.submit();
    await new Promise((resolve) => setTimeout(resolve, 10));
    finish(null);
    await settle();
    expect(sent).toHaveLength(1);
  });
});

describe('A form in the frame of settings', () => {
  it('shows its buttons only while something changed, and discards', async () => {
    const { loader, element, settle } = await renderPart(
      `<tg-form [form]="form" bar="sticky"><tg-text-field label="Name" [field]="form.fields.name" /></tg-form>`,
      PARTS,
      () => ({
        form: apiForm({
          schema: z.strictObject({ name: z.string() }),
          model: { name: 'Acme' },
          submit: () => Promise.resolve(),
        }),
      }),
    );
    const form = await loader.getHarness(FormHarness);
    expect(await form.submitLabel()).toBeNull();
    await form.fill('Name', 'Other');
    expect(element.textContent).toContain('1 change');
    [...element.querySelectorAll('button')].find((one) => one.textContent?.includes('Discard'))?.click();
    await settle();
    expect(await form.value('Name')).toBe('Acme');
    expect(await form.submitLabel()).toBeNull();
  });

  it('saves by Ctrl S', async () => {
    let saved = 0;
    const { element, settle } = await renderPart(
      `<tg-form [form]="form"><tg-text-field label="Name" [field]="form.fields.name" /></tg-form>`,
      PARTS,
      () => ({
        form: apiForm({
          schema: z.strictObject({ name: z.string() }),
          model: { name: 'Acme' },
          submit: () => Promise.resolve((saved += 1)),
        }),
      }),
    );
    element
      .querySelector('input')
      ?.dispatchEvent(new KeyboardEvent('keydown', { key: 's', ctrlKey: true, bubbles: true, cancelable: true }));
    await settle();
    expect(saved).toBe(1);
  });

  it('puts a parameter that the server named on its field, and the rest above', async () => {
    const failure = new Problem({
      status: 422,
      code: 'validation_failed',
      title: 'Not valid',
      issues: [
        { path: ['body', 'name'], message: 'is taken' },
        { path: ['elsewhere'], message: 'is odd' },
      ],
    });
    const { loader, settle } = await renderPart(
      `<tg-form [form]="form"><tg-text-field label="Name" [field]="form.fields.name" /></tg-form>`,
      PARTS,
      () => ({
        form: apiForm({
          schema: z.strictObject({ name: z.string() }),
          model: { name: 'Acme' },
          submit: () => Promise.reject(failure),
        }),
      }),
    );
    const form = await loader.getHarness(FormHarness);
    await form.submit();
    await settle();
    expect(await form.error('Name')).toBe('Is taken');
    expect(await form.message()).toContain('elsewhere: is odd');
    TestBed.resetTestingModule();
  });
});
