// What may stand in a template: something, or nothing.

import type { nothing, TemplateResult } from 'lit-html';

export type Content = TemplateResult | string | typeof nothing;
