import { BASE } from './styles-base';
import { PARTS } from './styles-parts';

/** The look of the pages: the console's colours, with no dependency on its build. */
export const STYLES = BASE + PARTS;
