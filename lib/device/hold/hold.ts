import { checkWitnesses } from '../../core/evidence/witness-check.ts'
import { leastWitnesses, type Policy, parsePolicy, witnessTitle } from '../../core/ledger/policy.ts'
import { formatVkey } from '../../core/ledger/vkey.ts'
import { paths } from '../../paths.ts'
import { signatureVerifier } from '../ed25519.ts'
import { fetchNewest } from '../memory/fetch-log.ts'
import { keptHere, type Pin, readPin, writePin } from '../pin.ts'
import { redraw, type Voice } from '../show-report.ts'
import { escapeHtml, say } from '../words.ts'

// Loaded on /log, and by the seal where this browser holds the site to witnesses: nobody else needs policies.

export { checkWitnesses }

/** Fills the place on `/log` where a visitor holds the site to its witnesses, and lets go of them. */
export function armHold(): void {
  const store = keptHere()
  if (!store || !document.getElementById('hold')) return
  draw(store)
}

const voice = () => JSON.parse(document.getElementById('hold-words')?.textContent ?? '{}') as Voice
const said = (path: string, values?: Readonly<Record<string, string | number>>) =>
  escapeHtml(say(voice().words, `witnesses.hold.${path}`, values))
const button = (does: string, look = '') =>
  `<button type="button" class="btn ${look}" data-hold="${does}">${said(does)}</button>`

function draw(store: Storage, problem?: string): void {
  const held = heldBy(readPin(store, location.host))
  const parts = [
    `<h3>${said('title')}</h3>`,
    `<p class="text-note">${said('means')}</p>`,
    ...(held ? [`<p class="notice done" data-held="${held.least}">${heldText(held)}</p>`] : []),
    ...(problem === undefined ? [] : [`<p class="notice" data-hold-problem="${problem}">${said(problem)}</p>`]),
    `<p class="memory-links">${held ? button('again') + button('release') : button('take', 'primary')}</p>`,
  ]
  redraw('hold', `<div aria-live="polite">${parts.join('')}</div>`)
  const does = (name: string, act: () => void) =>
    document.querySelector(`[data-hold="${name}"]`)?.addEventListener('click', act)
  does('take', () => void take(store))
  does('again', () => void take(store))
  does('release', () => release(store))
}

type Held = { readonly names: string; readonly least: number; readonly count: number }

function heldBy(pin: Pin | undefined): Held | undefined {
  const policy = pin?.policy === undefined ? undefined : parsePolicy(pin.policy)
  return policy?.ok ? namesOf(policy.value) : undefined
}

function namesOf(policy: Policy): Held {
  const names = policy.witnesses.map(witnessTitle).join(', ')
  return { names, least: leastWitnesses(policy), count: policy.witnesses.length }
}

const heldText = ({ names, least, count }: Held) => said('held', { names, least, count })

/**
 * Takes the site's policy into this browser's pin: only one that asks for somebody, is of the log that this browser knows (or, on a first visit, of the
 * log that this site shows), and is met by the newest checkpoint now. From here on a page that too few of them signed fails its check.
 */
async function take(store: Storage): Promise<void> {
  try {
    const response = await fetch(paths.policy(), { cache: 'no-store', redirect: 'error' })
    const text = await response.text()
    const policy = parsePolicy(text)
    const [log] = policy.ok ? policy.value.logs : []
    if (!response.ok || !policy.ok || !log || policy.value.quorum === undefined) return draw(store, 'none')
    const pin = readPin(store, location.host)
    const vkey = formatVkey(log.key)
    if (pin && pin.vkey !== vkey) return draw(store, 'other')
    const newest = await fetchNewest(vkey)
    if (!newest) return draw(store, 'other')
    const { check } = await checkWitnesses({
      checkpoint: newest.note,
      vkey,
      policy: text,
      verify: await signatureVerifier(),
    })
    if (check.outcome !== 'pass') return draw(store, 'unmet')
    const known = pin ?? { origin: newest.origin, vkey, checkpointNote: newest.note, at: Date.now() }
    writePin(store, location.host, { ...known, policy: text })
    draw(store)
  } catch {
    draw(store, 'unreachable')
  }
}

function release(store: Storage): void {
  const pin = readPin(store, location.host)
  if (pin) {
    const { policy: _, ...rest } = pin
    writePin(store, location.host, rest)
  }
  draw(store)
}
