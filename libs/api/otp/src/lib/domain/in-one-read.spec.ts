import { InOneRead } from './in-one-read';

describe('in one read', () => {
  it('asks once for what is wanted in one turn, and gives everybody their own', async () => {
    const reads: (readonly string[])[] = [];
    const reading = new InOneRead((ids) => {
      reads.push(ids);
      return Promise.resolve(new Map(ids.filter((id) => id !== 'nobody').map((id) => [id, `the ${id}`])));
    });
    const wanted = ['one', 'two', 'one', 'nobody'].map((id) => reading.one(id));
    await expect(Promise.all(wanted)).resolves.toEqual(['the one', 'the two', 'the one', null]);
    expect(reads).toEqual([['one', 'two', 'nobody']]);
    await reading.one('three');
    expect(reads).toHaveLength(2);
  });

  it('fails those who asked together, and nobody after them', async () => {
    let away = true;
    const reading = new InOneRead<string>(() =>
      away ? Promise.reject(new Error('away')) : Promise.resolve(new Map()),
    );
    const results = await Promise.allSettled([reading.one('one'), reading.one('two')]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    away = false;
    await expect(reading.one('one')).resolves.toBeNull();
  });
});
