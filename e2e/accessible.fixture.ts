import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

export type Look = { readonly width: 320 | 1280; readonly colorScheme: 'light' | 'dark' }

/** As narrow as a page may ever become (a desk magnified four times, WCAG 1.4.10) and wide, light and dark. */
export const EVERY_LOOK: readonly Look[] = [
  { width: 320, colorScheme: 'light' },
  { width: 320, colorScheme: 'dark' },
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
]

/** The rules whose answer depends on colours: all that is asked again in the dark. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block']

/** Zero violations of WCAG 2.2 AA and axe's own good practice, and nothing wider than the screen, in each look. Says which page and which rule. */
export async function expectAccessible(page: Page, name: string, looks = EVERY_LOOK): Promise<void> {
  const found: string[] = []
  for (const { width, colorScheme } of looks) {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // While a page is rendered anew its title is gone for a moment.
    await expect(page).toHaveTitle(/\S/)
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
  expect.soft(found, name).toEqual([])
}
