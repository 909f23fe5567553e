import type { Voice } from '../show-report.ts'
import { escapeHtml, say } from '../words.ts'

type Languages = Readonly<Record<string, { readonly name: string }>>

/** The page of the offline verifier in one language: choose files, name what you trust, read what came of it. */
export function pageMarkup({ locale, words }: Voice, languages: Languages): string {
  const text = (path: string) => escapeHtml(say(words, path))
  const switches = Object.entries(languages).map(
    ([tag, { name }]) =>
      `<button type="button" class="language" lang="${tag}" data-locale="${tag}"${tag === locale ? ' aria-current="true"' : ''}>${escapeHtml(name)}</button>`,
  )
  return `<header class="no-print"><p class="brand">Throughline</p><nav aria-label="${text('site.language')}">${switches.join('')}</nav></header>
<main><section class="lead"><h1>${text('verifier.title')}</h1><p>${text('verifier.lead')}</p></section>
<form id="form" class="sheet panel no-print">
<div class="field"><label for="files">${text('verifier.files')}</label><input id="files" class="input" type="file" multiple aria-describedby="files-hint"><p id="files-hint" class="hint">${text('verifier.filesHint')}</p><div id="chosen" class="hint"></div></div>
<div class="field"><label for="key">${text('verify.key')}</label><input id="key" class="input code" dir="ltr" autocomplete="off" spellcheck="false" aria-describedby="key-hint"><p id="key-hint" class="hint">${text('verify.keyHint')}</p></div>
<div class="field"><label for="policy">${text('verifier.policy')}</label><input id="policy" class="input" type="file" aria-describedby="policy-hint"><p id="policy-hint" class="hint">${text('verifier.policyHint')} <span id="policy-name"></span></p></div>
<div class="go"><button type="submit" class="btn primary">${text('verify.go')}</button><button type="button" id="print" class="btn" hidden>${text('share.print')}</button><div id="said" role="status"></div></div>
</form>
<div id="results" aria-live="polite"></div>
<section class="sheet panel limits"><h2>${text('verifier.limitsTitle')}</h2><p>${text('track.limits')}</p><p>${text('verifier.limits')}</p></section></main>`
}
