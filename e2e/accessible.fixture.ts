import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const WIDTHS = [360, 1280] as const
const SCHEMES = ['light', 'dark'] as const

/** Zero violations of WCAG 2.2 AA and axe's own good practice, small and wide, light and dark. Says which page and which rule. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  const found: string[] = []
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 })
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const { violations } = await new AxeBuilder({ page }).analyze()
      for (const { id, nodes } of violations)
        found.push(
          `${name}, ${width} px, ${colorScheme}: ${id} at ${nodes.map(node => node.target.join(' ')).join(', ')}`,
        )
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      if (overflow > 0) found.push(`${name}, ${width} px: ${overflow} px wider than the screen`)
    }
  }
  expect(found).toEqual([])
}
