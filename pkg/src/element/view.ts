// What every part of the element needs to put something into words.

import type { Format } from '../format.js';
import type { Texts } from './texts.js';

export interface View {
  readonly texts: Texts;
  readonly format: Format;
}
