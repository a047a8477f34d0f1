import { onBothEngines } from '@tollgate/api/testing';
import { FakeTwilio, member, messagingSlice, pointedAt, staff, type MessagingSlice } from '../../testing/index';
import { MessageOutbox } from '../persistence/message-outbox';
import { ChangeTemplate } from './change-template';
import { CreateTemplate } from './create-template';
import { PreviewTemplate } from './preview-template';
import { ReadTemplates } from './read-templates';
import { TestSendTemplate } from './test-send-template';

const CONTENTS = {
  en: { text: '{{code}} signs you in to {{application}}.' },
  'pt-BR': { text: '{{code}} entra em {{application}}.' },
};

onBothEngines((engine) => {
  let slice: MessagingSlice;
  const twilio = new FakeTwilio();
  const owner = () => member(slice.organizationId, 'owner');
  const stranger = member('org_00000000000000000000000000', 'owner');
  const create = (change: Partial<Parameters<CreateTemplate['execute']>[0]> = {}) =>
    slice.get(CreateTemplate).execute({ name: 'Sign-in', channel: 'sms', contents: CONTENTS, ...change }, owner());

  beforeAll(async () => {
    await twilio.start();
    slice = await messagingSlice(engine);
  });
  afterAll(async () => {
    await slice.close();
    await twilio.stop();
  });
  beforeEach(async () => {
    twilio.reset();
    await slice.fresh();
  });

  it('makes messages of the organization’s own text, in the language of the reader', async () => {
    await slice.provider(pointedAt.twilio(twilio));
    const { id } = await create();
    for (const locale of ['en-ZA', 'pt-BR', 'pt', 'xx']) await slice.queue({ template: id, locale });
    await slice.deliver();
    expect(twilio.messages.map(({ fields }) => fields['Body']).sort()).toEqual([
      '482913 entra em Acme.',
      '482913 signs you in to Acme.',
      '482913 signs you in to Acme.',
      '482913 signs you in to Acme.',
    ]);
  });

  it('is found by its key before the built-in one, and only in its organization', async () => {
    await slice.provider(pointedAt.twilio(twilio));
    await create({ key: 'verification' });
    await slice.queue({ template: 'verification' });
    await slice.queue({ template: 'verification', organizationId: 'org_00000000000000000000000000' });
    await slice.deliver();
    expect(twilio.messages.map(({ fields }) => fields['Body']?.slice(0, 16)).sort()).toEqual([
      '482913 is your A',
      '482913 signs you',
    ]);
  });

  it('gives way to the built-in text when it was archived', async () => {
    await slice.provider(pointedAt.twilio(twilio));
    const { id } = await create();
    await slice.get(ChangeTemplate).edit(id, { status: 'archived' }, owner());
    await slice.queue({ template: id });
    await slice.deliver();
    expect(twilio.messages[0]?.fields['Body']).toContain('is your Acme code');
  });

  it('changes by versions, rolls back, and remembers which one a message was made of', async () => {
    const { id } = await create();
    const change = slice.get(ChangeTemplate);
    const first = await slice.queue({ template: id });
    await slice.deliver();
    const second = await change.addVersion(
      id,
      { contents: { en: { text: '{{code}}: {{application}}, version two' } }, based_on: 1, note: 'shorter' },
      owner(),
    );
    expect(second).toMatchObject({ version: 2 });
    const later = await slice.queue({ template: id });
    await slice.deliver();
    const versionOf = async (message: string) => (await slice.get(MessageOutbox).find(message))?.templateVersion;
    expect([await versionOf(first), await versionOf(later)]).toEqual([1, 2]);
    expect(await change.edit(id, { version: 1 }, owner())).toMatchObject({ version: 1, contents: CONTENTS });
    const third = await change.addVersion(id, { contents: CONTENTS }, owner());
    expect(third.version).toBe(3);
    const versions = await slice.get(ReadTemplates).versions(id, {}, owner());
    expect(versions.data.map(({ version, current, note }) => [version, current, note])).toEqual([
      [3, true, null],
      [2, false, 'shorter'],
      [1, false, null],
    ]);
  });

  it('lets one of two editors win', async () => {
    const { id } = await create();
    const edits = await Promise.allSettled(
      [1, 2, 3, 4].map(() => slice.get(ChangeTemplate).addVersion(id, { contents: CONTENTS, based_on: 1 }, owner())),
    );
    expect(edits.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const edit of edits)
      if (edit.status === 'rejected') expect(edit.reason).toMatchObject({ code: 'version_conflict' });
  });

  it('refuses texts that would not work, and says where', async () => {
    const refused = create({
      contents: { en: { text: 'No code {{Name}} https://acme.example/x' }, hi: { text: '{{code}} {{application}}' } },
    });
    await expect(refused).rejects.toMatchObject({
      code: 'template_invalid',
      details: { issues: expect.arrayContaining([expect.objectContaining({ path: 'contents.en.text' })]) as unknown },
    });
    await expect(create({ contents: { en: { text: '{{code}}', subject: 'x' } } })).rejects.toMatchObject({
      code: 'template_invalid',
    });
    await expect(
      create({ channel: 'email', contents: { en: { text: '{{code}} {{application}}' } } }),
    ).rejects.toMatchObject({ code: 'template_invalid' });
  });

  it('is nobody else’s', async () => {
    const { id } = await create();
    await expect(slice.get(ReadTemplates).one(id, stranger)).rejects.toMatchObject({ code: 'not_found' });
    await expect(slice.get(ChangeTemplate).edit(id, { name: 'Mine' }, stranger)).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(slice.get(PreviewTemplate).saved(id, {}, stranger)).rejects.toMatchObject({ code: 'not_found' });
    expect((await slice.get(ReadTemplates).page({ built_in: 'false' }, stranger)).data).toEqual([]);
    expect((await slice.get(ReadTemplates).page({ built_in: 'false' }, staff('support'))).data).toHaveLength(1);
    await expect(
      slice.get(CreateTemplate).execute({ name: 'x', channel: 'sms', contents: CONTENTS }, staff('super_admin')),
    ).rejects.toMatchObject({
      code: 'organization_required',
    });
  });

  it('is listed after the built-in ones', async () => {
    await create();
    const all = await slice.get(ReadTemplates).page({}, owner());
    expect(all.data[0]).toMatchObject({ id: 'verification.sms', built_in: true, secret: true });
    expect(all.data.at(-1)).toMatchObject({ name: 'Sign-in', built_in: false });
    expect(
      (await slice.get(ReadTemplates).page({ channel: 'email', built_in: 'true' }, owner())).data.map(({ id }) => id),
    ).toContain('invitation.email');
    expect(await slice.get(ReadTemplates).one('low_balance.email', owner())).toMatchObject({ secret: false });
    await expect(slice.get(ReadTemplates).one('nothing.sms', owner())).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is shown with its segments, its machine-readable lines and its faults', async () => {
    const preview = slice.get(PreviewTemplate);
    const { id } = await create();
    expect(
      await preview.saved(
        id,
        { web_domain: 'acme.example', android_hash: 'FA+9qCX9VSu', variables: { application: 'Zoo' } },
        owner(),
      ),
    ).toMatchObject({
      text: '123456 signs you in to Zoo.\nFA+9qCX9VSu\n@acme.example #123456',
      encoding: 'gsm7',
      segments: 1,
      locale: 'en',
    });
    expect(preview.draft({ channel: 'sms', contents: { ru: { text: 'Ваш код' } } })).toMatchObject({
      encoding: 'ucs2',
      lints: [
        { severity: 'error', rule: 'code_missing' },
        { severity: 'warning', rule: 'brand_missing' },
      ],
    });
    expect((await preview.saved('invitation.email', {}, owner())).text).toContain('https://id.example/invite/sample');
  });

  it('is sent for real only to one’s own mailbox, or by who may set up providers', async () => {
    const send = slice.get(TestSendTemplate);
    const caller = member(slice.organizationId, 'admin', 'Ann@acme.example');
    expect(await send.execute('verification.email', { to: 'ann@acme.example' }, caller)).toMatchObject({ test: false });
    expect(await send.execute('verification.email', { to: 'bob@acme.example' }, caller)).toMatchObject({ test: true });
    const { id } = await create();
    expect(await send.execute(id, { to: '+27821234567' }, caller)).toMatchObject({ test: true });
    expect(await send.execute(id, { to: '+27821234567' }, staff('super_admin', slice.organizationId))).toMatchObject({
      test: false,
    });
    await expect(send.execute(id, { to: 'ann@acme.example' }, caller)).rejects.toMatchObject({
      code: 'invalid_destination',
    });
    await slice.deliver();
    const states = await slice.database.query<{ state: string }>('SELECT state FROM message');
    expect(states.map(({ state }) => state)).toEqual(['delivered', 'delivered', 'delivered', 'delivered']);
  });

  it('leaves a trail of what was changed', async () => {
    const { id } = await create();
    await slice
      .get(ChangeTemplate)
      .addVersion(id, { contents: { en: { text: '{{code}} {{application}} new' } } }, owner());
    await slice.get(ChangeTemplate).edit(id, { name: 'Renamed' }, owner());
    const rows = JSON.stringify(
      await slice.database.query(`SELECT * FROM audit_event WHERE action LIKE 'template.%' ORDER BY id`),
    );
    for (const part of ['template.created', 'template.version_added', 'template.updated', 'Renamed'])
      expect(rows).toContain(part);
  });
});
