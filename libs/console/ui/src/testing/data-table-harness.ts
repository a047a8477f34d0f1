import { ComponentHarness, HarnessPredicate, TestKey } from '@angular/cdk/testing';
import { MatMenuHarness } from '@angular/material/menu/testing';

export type TableState = 'rows' | 'loading' | 'empty' | 'no-match' | 'failed';

/** A `tg-data-table`. */
export class DataTableHarness extends ComponentHarness {
  static readonly hostSelector = 'tg-data-table';

  static with(options: { label?: string } = {}): HarnessPredicate<DataTableHarness> {
    return new HarnessPredicate(DataTableHarness, options).addOption(
      'label',
      options.label,
      async (table, label) => (await table.locatorForAll(`table[aria-label="${label}"]`)()).length > 0,
    );
  }

  /** The visible columns, in order. */
  async headers(): Promise<string[]> {
    const heads = await this.locatorForAll('thead th:not(.pick, .acts)')();
    return Promise.all(heads.map(async (head) => (await head.text()).trim()));
  }

  /** The cells of each drawn row as text. */
  async rows(): Promise<string[][]> {
    const count = await this.rowCount();
    return Promise.all(
      Array.from({ length: count }, async (_, at) => {
        const cells = await this.locatorForAll(`tbody tr[data-row]:nth-of-type(${at + 1}) td:not(.pick, .acts)`)();
        return Promise.all(cells.map(async (cell) => (await cell.text()).replace(/\s+/g, ' ').trim()));
      }),
    );
  }

  async rowCount(): Promise<number> {
    return (await this.locatorForAll('tbody tr[data-row]')()).length;
  }

  async state(): Promise<TableState> {
    if ((await this.locatorForAll('tg-failed')()).length > 0) return 'failed';
    if ((await this.locatorForAll('tr.skeleton')()).length > 0) return 'loading';
    if ((await this.rowCount()) > 0) return 'rows';
    const texts = await Promise.all((await this.locatorForAll('tg-empty-state h3')()).map((one) => one.text()));
    return texts.some((text) => text.endsWith(' match')) ? 'no-match' : 'empty';
  }

  /** What the panel of a failed, forbidden or empty list says. */
  async message(): Promise<string> {
    const panel = await this.locatorForOptional('tg-failed', 'tg-empty-state')();
    return panel ? (await panel.text()).replace(/\s+/g, ' ').trim() : '';
  }

  async retry(): Promise<void> {
    await (await this.locatorFor('tg-failed button[matButton]')()).click();
  }

  async sortBy(header: string): Promise<void> {
    for (const button of await this.locatorForAll('thead .sort')()) {
      if ((await button.text()).trim() === header) return button.click();
    }
    throw new Error(`Column ${header} cannot be sorted`);
  }

  /** `aria-sort` of a column. */
  async sortOf(header: string): Promise<string | null> {
    for (const head of await this.locatorForAll('thead th')()) {
      if ((await head.text()).trim() === header) return head.getAttribute('aria-sort');
    }
    throw new Error(`No column ${header}`);
  }

  /** Types and presses Enter, so that no pause is waited for. */
  async search(text: string): Promise<void> {
    const box = await this.locatorFor('.search input')();
    await box.clear();
    await box.sendKeys(text, TestKey.ENTER);
  }

  /** Chooses options of a filter by their words. */
  async filter(label: string, ...options: string[]): Promise<void> {
    for (const chip of await this.locatorForAll('tg-filter-chip .main')()) {
      if (!(await chip.text()).trim().startsWith(label)) continue;
      await chip.click();
      const panel = this.documentRootLocatorFactory();
      for (const label of await panel.locatorForAll('.cdk-overlay-container label.option')()) {
        if (!options.includes((await label.text()).trim())) continue;
        await label.click();
      }
      const done = await panel.locatorForOptional('.cdk-overlay-container .foot button')();
      await done?.click();
      return;
    }
    throw new Error(`No filter ${label}`);
  }

  async clearFilters(): Promise<void> {
    await (await this.locatorFor('tg-empty-state button[matButton], .bar > button[matButton]')()).click();
  }

  async open(row: number): Promise<void> {
    const link = await this.locatorForOptional(`tr[data-row="${row}"] .open`)();
    await (link ?? (await this.locatorFor(`tr[data-row="${row}"]`)())).click();
  }

  /** The labels of a row's menu. */
  async actionsOf(row: number): Promise<string[]> {
    const menu = await this.menuOf(row);
    await menu.open();
    const labels = await Promise.all((await menu.getItems()).map(async (item) => (await item.getText()).trim()));
    await menu.close();
    return labels;
  }

  async act(row: number, label: string): Promise<void> {
    await (await this.menuOf(row)).clickItem({ text: label });
  }

  async select(row: number): Promise<void> {
    await (await this.locatorFor(`tr[data-row="${row}"] .pick input`)()).click();
  }

  async bulk(label: string): Promise<void> {
    for (const button of await this.locatorForAll('.bulk button')()) {
      if ((await button.text()).trim() === label) return button.click();
    }
    throw new Error(`No bulk act ${label}`);
  }

  async nextPage(): Promise<void> {
    await (await this.locatorFor('button[aria-label="Next page"]')()).click();
  }

  async previousPage(): Promise<void> {
    await (await this.locatorFor('button[aria-label="Previous page"]')()).click();
  }

  /** “1–50 of 137”. */
  async range(): Promise<string> {
    return (await (await this.locatorFor('tg-table-pager .count')()).text()).trim();
  }

  /** What a screen reader was told last. */
  async announcement(): Promise<string> {
    const spoken = await this.locatorForAll('section > [role=status]')();
    return (await spoken.at(-1)?.text())?.trim() ?? '';
  }

  /** Sends a key to a row. */
  async press(row: number, key: string | TestKey): Promise<void> {
    await (await this.locatorFor(`tr[data-row="${row}"]`)()).sendKeys(key as string);
  }

  private async menuOf(row: number): Promise<MatMenuHarness> {
    return this.locatorFor(MatMenuHarness.with({ selector: `tr[data-row="${row}"] td.acts button` }))();
  }
}
