import { ComponentHarness } from '@angular/cdk/testing';
import type { TestElement } from '@angular/cdk/testing';

/** A `tg-form`: fills its controls by their labels, as somebody would. */
export class FormHarness extends ComponentHarness {
  static readonly hostSelector = 'tg-form';
  private readonly form = this.locatorFor('form');
  private readonly submitButton = this.locatorForOptional('button[type=submit]');

  /** Types into the text, number, secret or area whose label is `label`, and leaves it. */
  async fill(label: string, value: string): Promise<void> {
    const control = await this.control(label);
    await control.clear();
    if (value !== '') await control.sendKeys(value);
    await control.dispatchEvent('change');
    await control.blur();
  }

  /** Chooses the option with that text in the select whose label is `label`. */
  async choose(label: string, option: string): Promise<void> {
    const control = await this.control(label);
    const options = await this.locatorForAll(`#${await control.getAttribute('id')} option`)();
    const texts = await Promise.all(options.map((one) => one.text()));
    const at = texts.indexOf(option);
    if (at < 0) throw new Error(`${label} has no option ${option}; it has ${texts.join(', ')}`);
    await control.selectOptions(at);
    await control.dispatchEvent('input');
    await control.blur();
  }

  /** Ticks or unticks a box, radio card or switch by its words. */
  async toggle(words: string): Promise<void> {
    const labels = await this.locatorForAll('label.box, label.choice, label.toggle')();
    const texts = await Promise.all(labels.map(async (label) => (await label.text()).trim()));
    const at = texts.findIndex((text) => text.startsWith(words));
    if (at < 0) throw new Error(`No box “${words}”; there are ${texts.join(', ')}`);
    const boxes = await this.locatorForAll('label.box input, label.choice input, label.toggle input')();
    await boxes[at]?.click();
  }

  async value(label: string): Promise<string> {
    return (await this.control(label)).getProperty<string>('value');
  }

  async isDisabled(label: string): Promise<boolean> {
    return (await this.control(label)).getProperty<boolean>('disabled');
  }

  /** The error under a field, or null. */
  async error(label: string): Promise<string | null> {
    const id = await (await this.control(label)).getAttribute('id');
    const error = await this.locatorForOptional(`#${id}-error`)();
    return error ? (await error.text()).trim() : null;
  }

  /** What stands above the fields: why read-only, what the server refused, a conflict. */
  async message(): Promise<string | null> {
    const banner = await this.locatorForOptional('tg-banner')();
    return banner ? (await banner.text()).trim() : null;
  }

  async submit(): Promise<void> {
    await (await this.form()).dispatchEvent('submit');
  }

  /** Null when there is no submit button: read-only, or nothing changed yet in a form with a sticky bar. */
  async submitLabel(): Promise<string | null> {
    const button = await this.submitButton();
    return button ? (await button.text()).trim() : null;
  }

  /** Settles a version conflict. */
  async resolve(choice: 'mine' | 'theirs'): Promise<void> {
    const [theirs, mine] = await this.locatorForAll('.conflict .acts button')();
    await (choice === 'theirs' ? theirs : mine)?.click();
  }

  private async control(label: string): Promise<TestElement> {
    const labels = await this.locatorForAll('tg-field label.label')();
    const texts = await Promise.all(labels.map(async (one) => (await one.text()).replace(/\s+/g, ' ').trim()));
    const at = texts.findIndex((text) => text === label || text === `${label} (optional)`);
    const id = await labels[at]?.getAttribute('for');
    const control = id ? await this.locatorForOptional(`#${id}`)() : null;
    if (!control) throw new Error(`No field “${label}”; there are ${texts.join(', ')}`);
    return control;
  }
}
