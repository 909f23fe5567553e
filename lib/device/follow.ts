/** Addresses of the bundles of `after.ts` and `cheat/bench.ts`; the build puts them in (`lib/cli/bundle-seal.mjs`). */
declare const AFTER_MODULE: string
declare const CHEAT_MODULE: string

// Stands in the page itself, some hundred bytes: it waits for the seal and adds nothing to what the verdict needs.

const after = () => import(AFTER_MODULE) as Promise<typeof import('./after.ts')>
const cheat = () => import(CHEAT_MODULE) as Promise<typeof import('./cheat/bench.ts')>

for (const part of document.querySelectorAll<HTMLElement>('[data-needs-script]')) part.hidden = false

document.addEventListener('click', event => {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-does]') : null
  const does = button?.dataset.does
  if (does === 'print') print()
  if (does === 'copy') void after().then(module => module.copyAddress())
  if (does === 'share') void after().then(module => module.shareAddress())
  if (does === 'cheat') void cheat().then(module => module.openBench())
})

const verdict = document.getElementById('verdict')
if (verdict) {
  const watch = new MutationObserver(look)
  function look(): void {
    if (!verdict?.querySelector('[data-state="passed"],[data-state="failed"],[data-state="not-checked"]')) return
    watch.disconnect()
    void after().then(module => module.afterVerdict())
  }
  watch.observe(verdict, { childList: true })
  // The seal may have been quicker.
  look()
}
