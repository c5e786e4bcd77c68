/** What axe finds wrong with a page, one line a fault. jsdom has no layout, so contrast is looked at elsewhere. */

import axe from 'axe-core'

export async function accessibilityFaults(root: Element = document.body): Promise<readonly string[]> {
  const { violations } = await axe.run(root, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    rules: { 'color-contrast': { enabled: false } }
  })
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}
