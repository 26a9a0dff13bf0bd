// How well the texts of a page stand out from what is behind them (WCAG 2.2, 1.4.3).

/** The texts of the page whose contrast is under what their size needs, as sentences. */
export function weakTexts(page) {
  return page.evaluate(() => {
    const channels = (colour) => {
      const [r, g, b, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
      return colour.startsWith('color(srgb') ? [r * 255, g * 255, b * 255, alpha] : [r, g, b, alpha];
    };
    const linear = (channel) => (channel <= 10.31475 ? channel / 3294.6 : ((channel / 255 + 0.055) / 1.055) ** 2.4);
    const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    const over = ([r, g, b, alpha], [r2, g2, b2]) =>
      [[r, r2], [g, g2], [b, b2]].map(([front, back]) => front * alpha + back * (1 - alpha));
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.backgroundColor = 'Canvas';
    const canvas = channels(getComputedStyle(probe).backgroundColor);
    probe.remove();
    const behind = (element) => {
      if (element === null) return canvas;
      const colour = channels(getComputedStyle(element).backgroundColor);
      return colour[3] === 1 ? colour : over(colour, behind(around(element)));
    };
    // What an element of its own makes is in front of that element.
    const around = (element) => element.assignedSlot ?? element.parentElement ?? element.getRootNode().host ?? null;
    const rootsIn = (root) => [
      root,
      ...Array.from(root.querySelectorAll('*')).flatMap(({ shadowRoot }) => (shadowRoot ? rootsIn(shadowRoot) : [])),
    ];
    const isShown = (element) => element.checkVisibility() && !element.closest('.visually-hidden');
    // A control that cannot be used is exempt, and so is its label.
    const isOff = (element) => element.closest(':disabled, fieldset:disabled label') !== null;
    const textsIn = (root) => {
      const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const found = [];
      while (texts.nextNode()) if (texts.currentNode.parentElement !== null) found.push(texts.currentNode);
      return found;
    };
    const weak = [];
    for (const node of rootsIn(document.body).flatMap(textsIn)) {
      const element = node.parentElement;
      const text = node.data.trim();
      if (text === '' || !isShown(element) || isOff(element)) continue;
      const style = getComputedStyle(element);
      const back = behind(element);
      const [bright, dark] = [luminance(over(channels(style.color), back)), luminance(back)].sort((a, b) => b - a);
      const ratio = (bright + 0.05) / (dark + 0.05);
      const size = parseFloat(style.fontSize);
      const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      if (ratio < (isLarge ? 3 : 4.5)) weak.push(`"${text}" stands out by ${ratio.toFixed(2)}`);
    }
    return weak;
  });
}
