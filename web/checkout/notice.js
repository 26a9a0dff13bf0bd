// Something the buyer should know, and what can be done about it.

import { element } from './dom.js';
import { icon } from './icons.js';

/**
 * @typedef {object} Notice
 * @property {'danger' | 'amber'} tone
 * @property {string} title
 * @property {string} [text]
 * @property {string} [detail]
 * @property {{label: string, act: () => void}} [action]
 */

/** @param {Notice} notice */
export function notice({ tone, title, text, detail, action }) {
  return element(
    'div',
    { class: `notice notice-${tone}`, role: 'alert' },
    icon('alert'),
    element(
      'div',
      { class: 'notice-body' },
      element('p', { class: 'notice-title' }, title),
      text === undefined ? undefined : element('p', {}, text),
      detail === undefined ? undefined : element('p', { class: 'detail' }, detail),
      action === undefined
        ? undefined
        : element('button', { type: 'button', class: 'button', onclick: action.act }, action.label),
    ),
  );
}
