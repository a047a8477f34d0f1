import { attribute, markup } from './markup';

describe('markup', () => {
  it('encodes texts, in elements and in attributes', () => {
    const nasty = `<img src=x onerror="alert('1')">&`;
    const page = markup`<p title="${nasty}">${nasty}</p>`.text;
    expect(page).toBe(
      '<p title="&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;">' +
        '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;</p>',
    );
  });

  it('nests, joins lists, and leaves out what is not there', () => {
    const items = ['a', '<b>'].map((item) => markup`<li>${item}</li>`);
    expect(markup`<ul>${items}</ul>${null}${undefined}${false}${0}`.text).toBe(
      '<ul><li>a</li><li>&lt;b&gt;</li></ul>0',
    );
  });

  it('writes attributes only for values', () => {
    expect(markup`<input${attribute('value', '"x')}${attribute('maxlength', undefined)}>`.text).toBe(
      '<input value="&quot;x">',
    );
  });
});
