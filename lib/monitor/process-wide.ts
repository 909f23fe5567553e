/** What this process holds once under `name`, made by the first who asks: a bundler evaluates a module more than once, `globalThis` is shared. */
export function processWide<T>(name: string, make: () => T): T {
  const home = globalThis as unknown as Record<symbol, T | undefined>
  const key = Symbol.for(`throughline.${name}`)
  const held = home[key] ?? make()
  home[key] = held
  return held
}
