const TRIES = 100;
const PAUSE_MS = 10;

/**
 * The first thing that `look` finds, for what comes after a chunk or the end of an animation: a dialog that opens, the
 * call that follows when it has closed.
 */
export async function soon<T>(look: () => T | undefined | null | Promise<T | undefined | null>): Promise<T> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const found = await look();
    if (found !== undefined && found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new Error('It did not come');
}
