import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditTrail } from '@tollgate/api/audit';
import { KeyedHash, SecretBox } from '@tollgate/api/crypto';
import { UnitOfWork } from '@tollgate/api/database';
import { JobHandlers } from '@tollgate/api/jobs';
import { Clock, newId } from '@tollgate/api/kernel';
import { StaffMail } from '@tollgate/api/messaging';
import { OrganizationDirectory } from '@tollgate/api/organizations';
import { UserDirectory, type UserFacts } from '@tollgate/api/users';
import { requestContext } from '../../domain/reset-token';
import { RESET_MS } from '../../domain/session-lifetime';
import { CredentialRepository } from '../../persistence/credential.repository';
import type { PasswordResetRequestEntity } from '../../persistence/entities';
import { PasswordResetRepository } from '../../persistence/password-reset.repository';
import { RESET_JOB } from './ask-password-reset';
import { ResetLinks } from './reset-links';

const HOUR_MS = 3_600_000;
/** More than these nobody needs; who keeps asking for somebody else's fills no mailbox. */
const MOST_AN_HOUR = 3;
/** Directories in which one person may have an account. */
const MOST_ACCOUNTS = 5;

export const RESET_SOURCE = 'password_reset';

/** One link to one person, in the caller's transaction: row, mail and audit event. The links before it are void. */
@Injectable()
export class ResetLinkWriter {
  constructor(
    private readonly resets: PasswordResetRepository,
    private readonly links: ResetLinks,
    private readonly keyedHash: KeyedHash,
    private readonly mail: StaffMail,
    private readonly organizations: OrganizationDirectory,
    private readonly audit: AuditTrail,
  ) {}

  async write(user: UserFacts, passwordChangedAt: number, from: string, now: number): Promise<void> {
    const { id: userId, organizationId, email } = user;
    const id = newId('pwr', now);
    await this.resets.closeAll(userId, now);
    await this.resets.insert({
      id,
      organizationId,
      userId,
      userEpoch: user.securityEpoch,
      passwordChangedAt,
      emailHash: this.keyedHash.of('password_reset_email', email),
      ...this.links.stamp(id),
      createdAt: now,
      expiresAt: now + RESET_MS,
    });
    const organization = await this.organizations.get(organizationId);
    await this.mail.queue({
      organizationId,
      to: email,
      template: 'password_reset',
      variables: {
        organization: organization.builtIn ? 'Tollgate' : organization.name,
        minutes: String(RESET_MS / 60_000),
      },
      source: { type: RESET_SOURCE, id },
    });
    await this.audit.record({
      action: 'user.password_reset_requested',
      organizationId,
      target: { type: 'user', id: userId, label: email },
      changes: [{ field: 'asked_from', before: null, after: from }],
      actor: { kind: 'anonymous', id: '', label: '' },
    });
  }
}

/** Who can be meant: active people with a role and a password, by the address that is on record. */
@Injectable()
export class ResetAccounts {
  constructor(
    private readonly users: UserDirectory,
    private readonly credentials: CredentialRepository,
    private readonly secretBox: SecretBox,
  ) {}

  async of(
    request: PasswordResetRequestEntity,
  ): Promise<{ readonly user: UserFacts; readonly passwordChangedAt: number }[]> {
    const email = this.users.canonicalEmail(this.secretBox.open(request.identifierSealed, requestContext(request.id)));
    const found = email === null ? [] : (await this.users.staffByEmail(email)).slice(0, MOST_ACCOUNTS);
    const accounts = [];
    for (const user of found) {
      const password = await this.credentials.password(user.id);
      if (password !== null) accounts.push({ user, passwordChangedAt: password.changedAt });
    }
    return accounts;
  }
}

/** Looks up who has the address that was typed, and sends each of them a link. */
@Injectable()
export class SendResetLinks implements OnModuleInit {
  constructor(
    private readonly handlers: JobHandlers,
    private readonly accounts: ResetAccounts,
    private readonly resets: PasswordResetRepository,
    private readonly writer: ResetLinkWriter,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.handlers.register(RESET_JOB, (payload) => this.execute(String(payload['request_id'])));
  }

  async execute(requestId: string): Promise<void> {
    await this.unitOfWork.run(async () => {
      const request = await this.resets.request(requestId);
      if (request === null || !(await this.resets.answered(requestId))) return;
      const now = this.clock.recordedAt();
      for (const { user, passwordChangedAt } of await this.accounts.of(request)) {
        if ((await this.resets.countSince(user.id, now - HOUR_MS)) >= MOST_AN_HOUR) continue;
        await this.writer.write(user, passwordChangedAt, request.address, now);
      }
    });
  }
}
