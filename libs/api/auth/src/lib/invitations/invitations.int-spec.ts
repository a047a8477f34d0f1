import { jest } from '@jest/globals';
import { AuthModule } from '../auth.module';
import { aPerson, aSession } from '../../testing/a-session';
import { inRequest } from '../../testing/in-request';
import { SentMail } from '../../testing/sent-mail';
import { Passwords } from '@tollgate/api/crypto';
import { DomainError, type Principal } from '@tollgate/api/kernel';
import { OrganizationDirectory } from '@tollgate/api/organizations';
import { anOrganization } from '@tollgate/api/organizations/testing';
import { bootSlice, onBothEngines, type Slice } from '@tollgate/api/testing';
import { UserDirectory } from '@tollgate/api/users';
import { INVITATION_MS } from '../domain/session-lifetime';
import { NO_BROWSER } from '../sessions/browser';
import { LivingSessions } from '../sessions/session-principal';
import { SweepSignIns } from '../sweep-sign-ins';
import { AcceptInvitation, FindInvitation } from './accept-invitation';
import { CreateInvitation } from './create-invitation';
import { InvitationSecret } from './invitation-mail';
import { ListInvitations, ResendInvitation, WithdrawInvitation } from './resend-invitation';

// A busy machine takes its time.
jest.setTimeout(60_000);

const outcome = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'done',
    (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
  );

onBothEngines((engine) => {
  const mail = new SentMail();
  let slice: Slice;
  let caller: Principal;
  let organizationId: string;
  let email: string;
  let made = 0;

  beforeAll(async () => {
    const passwords = { hash: (text: string) => Promise.resolve(`hash of ${text}`) };
    slice = await bootSlice({
      engine,
      modules: [AuthModule],
      overrides: [...mail.overrides, { provide: Passwords, useValue: passwords }],
    });
  });
  afterAll(() => slice.close());
  beforeEach(async () => {
    made += 1;
    email = `new-${made}@example.com`;
    organizationId = (await anOrganization(slice)).id;
    const owner = await aPerson(slice, { organizationId, roles: ['owner'] });
    caller = (await aSession(slice, owner)).caller;
  });

  const invite = (roles: string[] = ['developer'], by: Principal = caller, to: string = email) =>
    slice.get(CreateInvitation).execute({ email: to, roles }, by);
  const link = async (): Promise<string> => (await mail.secretFor(email)) ?? '';
  const token = async (): Promise<string> => (await link()).split('/invite/')[1] ?? '';
  const accept = (secret: string, password = 'violet trumpet gravel') =>
    inRequest({}, () => slice.get(AcceptInvitation).execute(secret, { name: 'Ann New', password }, NO_BROWSER));

  it('becomes a member with its roles, and a session at once', async () => {
    const invitation = await invite(['developer', 'billing'], caller, `New-${made}@EXAMPLE.com`);
    expect(invitation).toMatchObject({ email, status: 'pending', sends: 1, invited_by: caller.label });
    expect(await link()).toMatch(/^http:\/\/localhost:\d+\/invite\/[A-Za-z0-9_-]{43}$/);
    const session = await accept(await token());
    expect(session.user).toMatchObject({
      email,
      name: 'Ann New',
      roles: ['billing', 'developer'],
      signUpMethod: 'invitation',
    });
    const living = await slice.get(LivingSessions).find(session.token);
    expect(living?.session.methods).toBe('invitation,password');
    const [listed] = (await slice.get(ListInvitations).execute({ status: 'accepted' }, caller)).data;
    expect(listed?.id).toBe(invitation.id);
  });

  it('keeps its link out of the database and of its mail', async () => {
    await invite();
    const secret = await token();
    for (const table of ['invitation', 'audit_event', 'job']) {
      expect(JSON.stringify(await slice.database.query(`SELECT * FROM ${table}`))).not.toContain(secret);
    }
    expect(JSON.stringify(mail.mails)).not.toContain(secret);
  });

  it('is used once by fifty who follow its link at the same time', async () => {
    await invite();
    const secret = await token();
    const codes = await Promise.all(Array.from({ length: 50 }, () => outcome(accept(secret))));
    expect(codes.filter((code) => code === 'done')).toHaveLength(1);
    expect(codes.filter((code) => code === 'invitation_invalid')).toHaveLength(49);
    expect(await slice.get(UserDirectory).findByEmail(organizationId, email)).not.toBeNull();
  });

  it('is not used up by looking at it, however often', async () => {
    await invite();
    const secret = await token();
    for (let i = 0; i < 10; i += 1) await slice.get(FindInvitation).execute(secret);
    expect(await outcome(accept(secret))).toBe('done');
  });

  it('ends after 72 hours, for its link and for its mail', async () => {
    await invite();
    const secret = await token();
    slice.clock.advance(INVITATION_MS - 1);
    await slice.get(FindInvitation).execute(secret);
    slice.clock.advance(1);
    expect(await outcome(accept(secret))).toBe('invitation_invalid');
    expect(await mail.secretFor(email)).toBeNull();
    await slice.get(SweepSignIns).execute();
    const listed = await slice.get(ListInvitations).execute({ status: 'expired' }, caller);
    expect(listed.data.map((row) => row.email)).toEqual([email]);
    expect(await outcome(invite())).toBe('done');
  });

  it('voids the link before when it is sent again, and not more often than each minute', async () => {
    const { id } = await invite();
    const first = await token();
    const again = () => slice.get(ResendInvitation).execute(id, caller);
    await expect(again()).rejects.toMatchObject({ code: 'resend_cooldown', details: { retryAfter: 60 } });
    slice.clock.advance(60_000);
    expect(await again()).toMatchObject({ sends: 2, status: 'pending' });
    const second = await token();
    expect(second).not.toBe(first);
    expect(await outcome(accept(first))).toBe('invitation_invalid');
    expect(await outcome(accept(second))).toBe('done');
    slice.clock.advance(60_000);
    expect(await outcome(again())).toBe('invitation_invalid');
  });

  it('is sent again by one of several who ask at the same time', async () => {
    const { id } = await invite();
    slice.clock.advance(60_000);
    const codes = await Promise.all(
      Array.from({ length: 10 }, () => outcome(slice.get(ResendInvitation).execute(id, caller))),
    );
    expect(codes.filter((code) => code === 'done')).toHaveLength(1);
  });

  it('opens again after it ran out, when it is sent again', async () => {
    const { id } = await invite();
    slice.clock.advance(INVITATION_MS + 1);
    await slice.get(ResendInvitation).execute(id, caller);
    expect(await outcome(accept(await token()))).toBe('done');
  });

  it('is withdrawn for good', async () => {
    const { id } = await invite();
    const secret = await token();
    await slice.get(WithdrawInvitation).execute(id, caller);
    expect(await outcome(accept(secret))).toBe('invitation_invalid');
    expect(await mail.secretFor(email)).toBeNull();
    expect(await outcome(slice.get(WithdrawInvitation).execute(id, caller))).toBe('invitation_invalid');
    expect(await outcome(invite())).toBe('done');
  });

  it('is one at a time for each address, and none for a member', async () => {
    const codes = await Promise.all(Array.from({ length: 10 }, () => outcome(invite())));
    expect(codes.filter((code) => code === 'done')).toHaveLength(1);
    expect(codes.filter((code) => code === 'member_exists')).toHaveLength(9);
    await accept(await token());
    expect(await outcome(invite())).toBe('member_exists');
  });

  it('gives nobody a role above the inviter’s', async () => {
    const admin = await aPerson(slice, { organizationId, roles: ['admin'] });
    const by = (await aSession(slice, admin)).caller;
    expect(await outcome(invite(['owner'], by))).toBe('role_not_assignable');
    expect(await outcome(invite(['super_admin'], by))).toBe('role_not_assignable');
    const { id } = await invite(['owner']);
    slice.clock.advance(60_000);
    expect(await outcome(slice.get(ResendInvitation).execute(id, by))).toBe('role_not_assignable');
  });

  it('shows its link in the outbox only to who could give its roles', async () => {
    const { id } = await invite(['owner']);
    const seen: Record<string, boolean> = {};
    for (const role of ['owner', 'admin', 'developer', 'viewer']) {
      const by = (await aSession(slice, await aPerson(slice, { organizationId, roles: [role] }))).caller;
      seen[role] = await slice.get(InvitationSecret).mayShow(id, by);
    }
    expect(seen).toEqual({ owner: true, admin: false, developer: false, viewer: false });
  });

  it('belongs to its organization: to others it is not there', async () => {
    const { id } = await invite();
    const other = await aPerson(slice, { organizationId: (await anOrganization(slice)).id, roles: ['owner'] });
    const by = (await aSession(slice, other)).caller;
    expect(await outcome(slice.get(WithdrawInvitation).execute(id, by))).toBe('not_found');
    expect(await outcome(slice.get(ResendInvitation).execute(id, by))).toBe('not_found');
    expect((await slice.get(ListInvitations).execute({}, by)).data).toEqual([]);
  });

  it('needs an organization to act in, and an address that can be one', async () => {
    const platformId = await slice.get(OrganizationDirectory).platformId();
    const root = await aPerson(slice, { organizationId: platformId, roles: ['super_admin'] });
    const by = { ...(await aSession(slice, root)).caller, platformStaff: true, actingOrganizationId: null };
    expect(await outcome(invite(['owner'], by))).toBe('organization_required');
    expect(await outcome(invite(['owner'], { ...by, actingOrganizationId: organizationId }))).toBe('done');
    expect(await outcome(invite(['auditor'], { ...by, actingOrganizationId: platformId }))).toBe('done');
    for (const text of ['nobody', 'аnn@example.com', 'a@b', 'x@example.com\nbcc: y@example.com']) {
      expect(await outcome(invite(['viewer'], caller, text))).toBe('validation_failed');
    }
  });

  it('stays open when the password is refused', async () => {
    await invite();
    const secret = await token();
    expect(await outcome(accept(secret, 'password1234567'))).toBe('password_too_weak');
    expect(await outcome(accept(secret, `${email.split('@')[0] ?? ''}example`))).toBe('password_too_weak');
    expect(await outcome(accept(secret))).toBe('done');
  });

  it.each(['', 'x', 'a'.repeat(43), '../../etc/passwd', '%00'])('is never found by %j', async (text) => {
    expect(await outcome(accept(text))).toBe('invitation_invalid');
  });
});
