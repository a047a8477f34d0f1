export * from './data-table-harness';
export * from './form-harness';
export * from './part-harnesses';
export * from './static-list';
export * from './render-part';
