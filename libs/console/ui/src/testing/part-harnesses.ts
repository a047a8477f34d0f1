import { ComponentHarness, HarnessPredicate, TestKey } from '@angular/cdk/testing';

const tidy = (text: string) => text.replace(/\s+/g, ' ').trim();

abstract class Part extends ComponentHarness {
  async text(): Promise<string> {
    return tidy(await (await this.host()).text());
  }

  protected async textOf(selector: string): Promise<string | null> {
    const found = await this.locatorForOptional(selector)();
    return found ? tidy(await found.text()) : null;
  }

  protected async textsOf(selector: string): Promise<string[]> {
    return Promise.all((await this.locatorForAll(selector)()).map(async (one) => tidy(await one.text())));
  }

  protected async press(selector: string, words: string): Promise<void> {
    for (const button of await this.locatorForAll(selector)()) {
      const label = (await button.getAttribute('aria-label')) ?? '';
      if (tidy(await button.text()).startsWith(words) || label.startsWith(words)) return button.click();
    }
    throw new Error(`No button “${words}”`);
  }
}

export class PageHeaderHarness extends Part {
  static readonly hostSelector = 'tg-page-header';
  title = () => this.textOf('h1');
  crumbs = () => this.textsOf('.crumbs li');
  tabs = () => this.textsOf('.tab');
  acts = () => this.textsOf('.acts button, .acts a');
}

export class StatusHarness extends Part {
  static readonly hostSelector = 'tg-status';
  static with(options: { text?: string } = {}): HarnessPredicate<StatusHarness> {
    return new HarnessPredicate(StatusHarness, options).addOption(
      'text',
      options.text,
      async (chip, text) => (await chip.text()) === text,
    );
  }
  tone = async () => (await this.host()).getAttribute('data-tone');
}

export class FailedHarness extends Part {
  static readonly hostSelector = 'tg-failed';
  title = () => this.textOf('h3');
  retry = () => this.press('button', 'Try again');
  canRetry = async () => (await this.textsOf('button')).includes('Try again');
}

export class EmptyStateHarness extends Part {
  static readonly hostSelector = 'tg-empty-state';
  title = () => this.textOf('h3');
}

export class BannerHarness extends Part {
  static readonly hostSelector = 'tg-banner';
  tone = async () => (await this.host()).getAttribute('data-tone');
}

export class RegionHarness extends Part {
  static readonly hostSelector = 'tg-region';
  isBusy = async () => (await (await this.host()).getAttribute('aria-busy')) === 'true';
  failed = this.locatorForOptional(FailedHarness);
}

export class SideSheetHarness extends Part {
  static readonly hostSelector = 'tg-side-sheet';
  isOpen = async () => (await this.textOf('.sheet')) !== null;
  title = () => this.textOf('header h2');
  body = () => this.textOf('.body');
  close = () => this.press('header button', 'Close');
}

export class ToastHarness extends Part {
  static readonly hostSelector = 'tg-toast-outlet';
  message = () => this.textOf('.toast .text');
  act = (label: string) => this.press('.toast button', label);
}

export class JobTrayHarness extends Part {
  static readonly hostSelector = 'tg-job-tray';
  jobs = () => this.textsOf('.what');
  dismiss = (label: string) => this.press('button', `Dismiss ${label}`);
}

/** The open confirmation; search it from the root of the document. */
export class ConfirmHarness extends Part {
  static readonly hostSelector = 'tg-confirm-dialog';
  title = () => this.textOf('h2');
  verb = () => this.textOf('.tg-danger');
  complaint = () => this.textOf('.missing');
  cancel = () => this.press('button', 'Cancel');
  confirm = async () => (await this.locatorFor('.tg-danger')()).click();
  async type(name: string): Promise<void> {
    const box = await this.locatorFor('#tg-confirm-name')();
    await box.clear();
    await box.sendKeys(name);
  }
  async because(reason: string): Promise<void> {
    await (await this.locatorFor('#tg-confirm-reason')()).sendKeys(reason);
  }
}

/** The dialog of a secret that is shown once; search it from the root of the document. */
export class SecretHarness extends Part {
  static readonly hostSelector = 'tg-secret-dialog';
  secrets = () => this.textsOf('.secret code');
  complaint = () => this.textOf('.missing');
  copy = () => this.press('button', 'Cop');
  print = () => this.press('button', 'Print');
  confirmStored = async () => (await this.locatorFor('.gate input')()).click();
  done = () => this.press('button', 'Done');
}

export class MetricHarness extends Part {
  static readonly hostSelector = 'tg-metric';
  static with(options: { label?: string } = {}): HarnessPredicate<MetricHarness> {
    return new HarnessPredicate(MetricHarness, options).addOption(
      'label',
      options.label,
      async (tile, label) => (await tile.label()) === label,
    );
  }
  label = () => this.textOf('h3');
  value = () => this.textOf('.value');
  change = () => this.textOf('.change');
  definition = () => this.textOf('.definition');
  explain = async () => (await this.locatorFor('.what')()).click();
}

export class ChartHarness extends Part {
  static readonly hostSelector = 'tg-chart';
  title = () => this.textOf('h3');
  summary = () => this.textOf('figcaption .tg-visually-hidden');
  legend = () => this.textsOf('.legend button');
  toggleSeries = (label: string) => this.press('.legend button', label);
  showTable = () => this.press('figcaption button', 'Show as table');
  table = async () => {
    const heads = await this.textsOf('.table thead th');
    const rows = await this.textsOf('.table tbody tr');
    return { heads, rows };
  };
  keys = async (...keys: TestKey[]) => (await this.locatorFor('.plot')()).sendKeys(...keys);
}

export class FunnelHarness extends Part {
  static readonly hostSelector = 'tg-funnel';
  stages = () => this.textsOf('li');
}

export class SnippetHarness extends Part {
  static readonly hostSelector = 'tg-snippet';
  languages = () => this.textsOf('[role=tab]');
  code = () => this.textOf('pre');
  choose = (language: string) => this.press('[role=tab]', language);
  reveal = () => this.press('.bar > button', 'Show key');
}

export class JsonHarness extends Part {
  static readonly hostSelector = 'tg-json';
  json = async (): Promise<unknown> => JSON.parse((await this.textOf('pre')) ?? 'null');
}

export class DiffHarness extends Part {
  static readonly hostSelector = 'tg-diff';
  rows = () => this.textsOf('tbody tr');
}

export class TimelineHarness extends Part {
  static readonly hostSelector = 'tg-timeline';
  titles = () => this.textsOf('.title');
  events = () => this.textsOf('li');
}

export class StepperHarness extends Part {
  static readonly hostSelector = 'tg-stepper';
  steps = () => this.textsOf('.steps .name');
  current = () => this.textOf('[aria-current=step] .name');
  complaint = () => this.textOf('.missing');
  next = async () => (await this.locatorFor('.acts button:last-child')()).click();
  back = () => this.press('.acts button', 'Back');
}

export class ChecklistHarness extends Part {
  static readonly hostSelector = 'tg-checklist';
  progress = () => this.textOf('header p');
  open = () => this.textsOf('li:not(.done) .label');
  dismiss = () => this.press('header button', 'Dismiss');
}

export class BubbleHarness extends Part {
  static readonly hostSelector = 'tg-bubble';
  message = () => this.textOf('.text');
}

export class MaskedHarness extends Part {
  static readonly hostSelector = 'tg-masked';
  value = () => this.textOf('.value');
  toggle = async () => (await this.locatorFor('button')()).click();
}

export class TimeHarness extends Part {
  static readonly hostSelector = 'tg-time';
  instant = async () => (await this.locatorFor('time')()).getAttribute('datetime');
}
