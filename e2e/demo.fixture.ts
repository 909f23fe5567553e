import type { BrowserContext, Page } from '@playwright/test'

/** Enters the demonstration as the party of this name, in the page's browser, and waits until it has an enrolled key. Answers the party's reference. */
export async function enterDemo(page: Page, url: string, name: string): Promise<string> {
  await page.goto(`${url}/enter`)
  await page.getByRole('button', { name: `Enter as ${name}` }).click()
  await page.waitForURL(/\/today\?as=/)
  return new URL(page.url()).searchParams.get('as') as string
}

/** The names of the cookies that say who this browser is. */
export async function sessionCookies(context: BrowserContext): Promise<string[]> {
  return (await context.cookies()).map(cookie => cookie.name).filter(name => name.includes('session'))
}

/** The name of this browser's key for the party, as its own store has it; undefined where there is none. */
export function storedKey(page: Page, party: string): Promise<string | undefined> {
  return page.evaluate(async wanted => {
    const databases = await indexedDB.databases()
    for (const { name = '' } of databases) {
      const opened = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name)
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
      if (!opened.objectStoreNames.contains('keys')) continue
      const all = await new Promise<{ party: string; key: string }[]>((resolve, reject) => {
        const request = opened.transaction('keys').objectStore('keys').getAll()
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
      opened.close()
      const mine = all.find(each => each.party === wanted)
      if (mine) return mine.key
    }
    return undefined
  }, party)
}
