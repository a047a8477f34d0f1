import { TestBed } from '@angular/core/testing';
import { CodeSnippet, DiffView, JsonView, SecretOnce } from '../../index';
import { DiffHarness, JsonHarness, SecretHarness, SnippetHarness, renderPart } from '../../testing';

describe('A snippet', () => {
  const snippets = [
    { language: 'curl', code: 'curl -H "Bearer YOUR_API_KEY"' },
    { language: 'PHP', code: '<?php' },
  ];
  const render = async (secret = 'tg_test_123456789') => {
    localStorage.clear();
    const part = await renderPart(`<tg-snippet [snippets]="snippets" [secret]="secret" />`, [CodeSnippet], {
      snippets,
      secret,
    });
    return { ...part, snippet: await part.loader.getHarness(SnippetHarness) };
  };

  it('masks the key on the page until asked, and copies it whole', async () => {
    const { snippet, element, copied, settle } = await render();
    expect(await snippet.code()).toBe('curl -H "Bearer tg_test_…"');
    element.querySelector<HTMLElement>('tg-copy button')?.click();
    await settle();
    expect(copied).toEqual(['curl -H "Bearer tg_test_123456789"']);
    await snippet.reveal();
    expect(await snippet.code()).toBe('curl -H "Bearer tg_test_123456789"');
  });

  it('keeps the placeholder when no key is known', async () => {
    const { snippet } = await render('');
    expect(await snippet.code()).toContain('YOUR_API_KEY');
  });

  it('remembers the language for the next snippet', async () => {
    const { snippet } = await render();
    await snippet.choose('PHP');
    expect(await snippet.code()).toBe('<?php');
    TestBed.resetTestingModule();
    const again = await renderPart(`<tg-snippet [snippets]="snippets" />`, [CodeSnippet], { snippets });
    expect(await (await again.loader.getHarness(SnippetHarness)).code()).toBe('<?php');
    localStorage.clear();
  });
});

describe('JSON', () => {
  it('is shown as it is, whatever the strings hold', async () => {
    const value = { a: 'x"y\\z', b: [1, -2.5, true, null], c: { d: '<b>', e: 'true 12' } };
    const { loader } = await renderPart(`<tg-json [value]="value" />`, [JsonView], { value });
    expect(await (await loader.getHarness(JsonHarness)).json()).toEqual(value);
  });
});

describe('A diff', () => {
  it('shows before and after of each field, and says when nothing was recorded', async () => {
    const { loader } = await renderPart(`<tg-diff [changes]="changes" /><tg-diff [changes]="[]" />`, [DiffView], {
      changes: [
        { field: 'name', before: 'Shop', after: 'Store' },
        { field: 'base_url', before: null, after: 'https://x' },
        { field: 'enabled', before: false, after: true },
      ],
    });
    const [diff, nothing] = await loader.getAllHarnesses(DiffHarness);
    expect(await diff?.rows()).toEqual(['nameShopStore', 'base_urlnothinghttps://x', 'enabledfalsetrue']);
    expect(await nothing?.text()).toBe('No details recorded');
  });
});

describe('A secret that is shown once', () => {
  it('stays until it is stored, and leaves the page with its dialog', async () => {
    const part = await renderPart('', []);
    const closed = TestBed.inject(SecretOnce).show({ title: 'Key created', text: 'Once.', secrets: ['tg_live_abc'] });
    await part.settle();
    const dialog = await part.documentLoader.getHarness(SecretHarness);
    expect(await dialog.secrets()).toEqual(['tg_live_abc']);
    await dialog.copy();
    expect(part.copied).toEqual(['tg_live_abc']);
    await dialog.done();
    expect(await dialog.complaint()).toBe('Store it first: closing this loses it');
    await dialog.confirmStored();
    await dialog.done();
    await closed;
    expect(document.body.textContent).not.toContain('tg_live_abc');
  });

  it('goes on paper when it is one of those that people file', async () => {
    const part = await renderPart('', []);
    let printed = 0;
    Object.assign(window, { print: () => (printed += 1) });
    void TestBed.inject(SecretOnce).show({
      title: 'Your recovery keys',
      text: 'Once.',
      secrets: ['aaaa-bbbb', 'cccc-dddd'],
      fileName: 'tollgate-recovery-keys',
    });
    await part.settle();
    const dialog = await part.documentLoader.getHarness(SecretHarness);
    await dialog.print();
    expect(printed).toBe(1);
    await dialog.confirmStored();
    await dialog.done();
  });
});
