export interface Rule {
  readonly text: string;
  readonly met: boolean;
}

const LEAST = 12;
const DIFFERENT = 5;

/**
 * What can be said of a new password while it is typed. The server has the last word: it also knows the lists of
 * passwords that are tried first.
 */
export function passwordRules(password: string, current: string, known: readonly string[]): readonly Rule[] {
  const plain = password.normalize('NFKC').toLowerCase();
  const characters = Array.from(plain);
  const words = known.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length >= 4);
  return [
    { text: `At least ${LEAST} characters; a few words are good`, met: characters.length >= LEAST },
    { text: 'Does not repeat itself', met: new Set(characters).size >= DIFFERENT },
    {
      text: 'Holds neither your name nor your address',
      met: plain !== '' && !words.some((word) => plain.includes(word)),
    },
    { text: 'Is not the present one', met: password !== '' && password !== current },
  ];
}
