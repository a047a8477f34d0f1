import { SESSION_ABSOLUTE_MS, SESSION_IDLE_MS, STEP_UP_MS, isAlive, isFresh } from './session-lifetime';

const session = { lastSeenAt: 1_000, expiresAt: SESSION_ABSOLUTE_MS, endedAt: null };

describe('the life of a session', () => {
  it('lasts until it was idle for 12 hours', () => {
    expect(isAlive(session, 1_000 + SESSION_IDLE_MS - 1)).toBe(true);
    expect(isAlive(session, 1_000 + SESSION_IDLE_MS)).toBe(false);
  });

  it('ends after 7 days however busy', () => {
    const busy = { ...session, lastSeenAt: SESSION_ABSOLUTE_MS - 1 };
    expect(isAlive(busy, SESSION_ABSOLUTE_MS - 1)).toBe(true);
    expect(isAlive(busy, SESSION_ABSOLUTE_MS)).toBe(false);
  });

  it('is over once it was ended', () => {
    expect(isAlive({ ...session, endedAt: 500 }, 1_001)).toBe(false);
  });

  it('counts a proof as fresh for ten minutes', () => {
    expect(isFresh(0, STEP_UP_MS - 1)).toBe(true);
    expect(isFresh(0, STEP_UP_MS)).toBe(false);
  });
});
