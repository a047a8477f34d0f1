import { Injectable } from '@nestjs/common';
import { KeyedHash, randomToken } from '@tollgate/api/crypto';
import { Clock } from '@tollgate/api/kernel';
import { DEVICE_MS } from '../domain/session-lifetime';
import { ChallengeRepository } from '../persistence/challenge.repository';
import type { Browser } from './browser';

/**
 * Browsers that have finished a sign-in of somebody. Being one proves nothing by itself; its only right is to be
 * counted apart when strangers fail at that account.
 */
@Injectable()
export class KnownDevices {
  constructor(
    private readonly challenges: ChallengeRepository,
    private readonly keyedHash: KeyedHash,
    private readonly clock: Clock,
  ) {}

  async knows(userId: string | null, browser: Browser): Promise<boolean> {
    if (browser.deviceToken === null) return false;
    const hash = this.keyedHash.of('device', browser.deviceToken);
    return this.challenges.isKnownDevice(hash, userId ?? '', this.clock.recordedAt());
  }

  /** A token for the cookie, or null when the browser is known already. */
  async remember(userId: string, browser: Browser): Promise<string | null> {
    if (await this.knows(userId, browser)) return null;
    const token = randomToken();
    const now = this.clock.recordedAt();
    const tokenHash = this.keyedHash.of('device', token);
    await this.challenges.addDevice({ tokenHash, userId, createdAt: now, expiresAt: now + DEVICE_MS });
    return token;
  }

  async forgetAll(userId: string): Promise<void> {
    await this.challenges.forgetDevices(userId);
  }
}
