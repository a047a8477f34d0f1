import { SealedRows } from '@tollgate/api/crypto';
import { readArguments, say, type Command } from './command';
import { withApplication } from './with-application';

/**
 * Order of a rotation: the new key in front of TOLLGATE_KEYS on every process, then this command, then the old key out
 * of TOLLGATE_KEYS once this command says that nothing needs it.
 */
export const rotateKeys: Command = {
  usage: 'rotate-keys',
  summary: 'seals with the first key of TOLLGATE_KEYS what an older one sealed; says when the old one can go',
  async run(args, config) {
    readArguments(rotateKeys, args, [], []);
    const current = config.keys[0]?.id ?? '';
    const { kinds, uses } = await withApplication(config, async (application) => {
      const rows = application.get(SealedRows, { strict: false });
      return { kinds: await rows.renew(), uses: await rows.pendingUses() };
    });
    for (const { name, renewed, lost } of kinds) {
      say(`${String(renewed).padStart(8)}  ${name}${lost === 0 ? '' : `; ${lost} that no key in TOLLGATE_KEYS opens`}`);
    }
    const older = uses.filter(({ keyId }) => keyId !== current);
    for (const { name, keyId, count } of older)
      say(`${String(count).padStart(8)}  pending ${name} need the key ${keyId}`);
    if (kinds.some(({ lost }) => lost > 0)) {
      say('Put the missing key back into TOLLGATE_KEYS, behind the first, and run this again.');
      return 1;
    }
    const renewed = kinds.reduce((sum, kind) => sum + kind.renewed, 0);
    say(
      renewed === 0 && older.length === 0
        ? `Everything uses the key ${current}: the others can go.`
        : `Run this again when what is pending has ended; the old keys can go when it counts nothing.`,
    );
    return 0;
  },
};
