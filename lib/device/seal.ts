import { fileVerifier } from './file-report.ts'
import { showState, type Voice } from './show-report.ts'
import { checkTrackPage } from './track.ts'

/** Address of the bundle of `verify-page.ts`; the build puts it in (`lib/cli/bundle-seal.mjs`). */
declare const FILES_MODULE: string

/** The verifier's own script: no framework, loaded beside the page, speaking with the words that the page embeds (DESIGN §7). */
async function run(): Promise<void> {
  const voice = JSON.parse(document.getElementById('words')?.textContent ?? '{}') as Voice
  const view = document.getElementById('view')
  const form = document.querySelector<HTMLFormElement>('form#verify')
  if (form) {
    const { armVerifyForm } = (await import(FILES_MODULE)) as typeof import('./verify-page.ts')
    armVerifyForm(voice, form, await fileVerifier())
  }
  if (view)
    await checkTrackPage(voice, view.textContent, view.dataset).catch(error => {
      showState(voice, 'unreachable')
      throw error
    })
}

/** A language link would lose the label's fingerprint: it is no part of what the server sees. */
function keepFragment(event: MouseEvent): void {
  const link =
    event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-keeps-fragment]') : null
  if (link && link.hash === '') link.hash = location.hash
}

document.addEventListener('click', keepFragment, { capture: true })
// An async module may run before the end of the page has come in, where its words and the view are.
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => void run())
else void run()
