import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const WIDTHS = [360, 1280] as const
const SCHEMES = ['light', 'dark'] as const

/** The rules whose answer depends on colours: all that is asked again in the dark. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block']

/** Zero violations of WCAG 2.2 AA and axe's own good practice, small and wide, light and dark. Says which page and which rule. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  const found: string[] = []
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 })
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      // Without the blank page that gathers what frames say, as there are none, and without a list of all that is well: minutes.
      const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
      const { violations } = await (colorScheme === 'dark' ? axe.withRules(OF_COLOUR) : axe).analyze()
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
  expect.soft(found, name).toEqual([])
}
