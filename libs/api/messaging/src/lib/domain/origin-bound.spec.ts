import { originBoundLine, originHost, parseOriginBound, RETRIEVER_MAX_BYTES, withMachineLines } from './origin-bound';

describe('the origin-bound last line', () => {
  it('survives the round trip through the parser', () => {
    const message = withMachineLines('482913 is your code for Acme.', {
      webDomain: 'acme.example',
      androidHash: null,
      code: '482913',
    });
    expect(message.split('\n').at(-1)).toBe('@acme.example #482913');
    expect(parseOriginBound(message)).toEqual({ host: 'acme.example', code: '482913', embeddedHost: null });
  });

  it.each([
    ['something before the at sign', 'code\n x @acme.example #1'],
    ['not the last line', '@acme.example #1\nbye'],
    ['no space', 'x\n@acme.example#1'],
    ['two spaces', 'x\n@acme.example  #1'],
    ['no code', 'x\n@acme.example #'],
    ['a host with a port', 'x\n@acme.example:8443 #1'],
  ])('is not recognized with %s', (_what, message) => {
    expect(parseOriginBound(message)).toBeNull();
  });

  it('reads the embedded host and ignores what follows', () => {
    expect(parseOriginBound('x\n@top.example #123 @frame.example tail')).toEqual({
      host: 'top.example',
      code: '123',
      embeddedHost: 'frame.example',
    });
  });

  it('takes only bare hosts', () => {
    expect(originHost('https://Acme.Example/')).toBe('acme.example');
    expect(originHost('localhost')).toBe('localhost');
    for (const bad of ['acme.example/path', 'a b', '@x', 'acme.example #999999', '-a.example', 'x..y', '']) {
      expect(originHost(bad)).toBeNull();
    }
  });

  it('puts the Retriever hash above the origin-bound line', () => {
    const message = withMachineLines('Your code is 482913\n', {
      webDomain: 'acme.example',
      androidHash: 'FA+9qCX9VSu',
      code: '482913',
    });
    expect(message).toBe('Your code is 482913\nFA+9qCX9VSu\n@acme.example #482913');
    expect(Buffer.byteLength(message)).toBeLessThanOrEqual(RETRIEVER_MAX_BYTES);
  });

  it('leaves out a hash or a host that is not one', () => {
    expect(withMachineLines('hi', { webDomain: 'not a host', androidHash: 'short', code: '1' })).toBe('hi');
    expect(originBoundLine('a.example', '12')).toBe('@a.example #12');
  });
});
