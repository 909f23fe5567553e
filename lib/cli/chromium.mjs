import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Path of a Chromium that can be started now, or undefined: CHROMIUM from the environment (refused loudly when it is no
 * program), then the system's own by name, then the one Playwright has downloaded.
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @returns {Promise<string | undefined>}
 */
export async function findChromium(environment = process.env) {
  const named = environment.CHROMIUM
  if (named) {
    if (!isExecutable(named)) throw new Error(`CHROMIUM=${named} is not an executable file`)
    return named
  }
  const folders = ['/usr/bin', ...(environment.PATH ?? '').split(delimiter).filter(Boolean)]
  const system = folders.flatMap(folder => NAMES.map(name => join(folder, name))).find(isExecutable)
  if (system) return system
  try {
    const { chromium } = await import('@playwright/test')
    const own = chromium.executablePath()
    return isExecutable(own) ? own : undefined
  } catch {
    return undefined // Playwright itself is not installed yet.
  }
}
