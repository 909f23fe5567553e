import { headers } from 'next/headers'
import { getLocale, getMessages } from 'next-intl/server'
import type { Words } from '@/lib/device/words.ts'
import { sealScript } from './seal-script.ts'

/** Branches of the messages that the seal speaks with on every page, and those it needs to tell what a file is about. */
const REPORT_WORDS = ['seal', 'checks', 'outcomes', 'codes', 'refusals']
const FILE_WORDS = ['verify', 'stages', 'units', 'party']

/** The messages of this request's language that the seal needs. */
export async function sealWords(isForFiles = false): Promise<Words> {
  const messages = (await getMessages()) as Words
  const branches = isForFiles ? [...REPORT_WORDS, ...FILE_WORDS] : REPORT_WORDS
  return Object.fromEntries(branches.map(branch => [branch, messages[branch] as Words]))
}

/** A part of the page that the server draws once and the seal redraws. React must not hydrate what another script changes, hence the raw markup. */
export function Redrawn({ id, markup, live }: { id: string; markup: string; live?: boolean }) {
  return (
    <div
      id={id}
      suppressHydrationWarning
      {...(live && { role: 'status' })}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: our own markup, every text in it escaped
      dangerouslySetInnerHTML={{ __html: markup }}
    />
  )
}

type EmbeddedProps = { id: string; value: unknown; evidence?: { path: string; size: number } }

/** JSON for a script to read. `<` is escaped, so no text can end the element. `evidence`: where the file that proves it is, and of which tree. */
export function Embedded({ id, value, evidence }: EmbeddedProps) {
  const json = JSON.stringify(value).replace(/</g, '\\u003c')
  const from = evidence && { 'data-evidence': evidence.path, 'data-size': evidence.size }
  // biome-ignore lint/security/noDangerouslySetInnerHtml: JSON without a single `<`
  return <script type="application/json" id={id} {...from} dangerouslySetInnerHTML={{ __html: json }} />
}

/** The seal: one module of its own beside React, with the words it needs (DESIGN §7). */
export async function SealScript({ isForFiles = false }: { isForFiles?: boolean }) {
  const [words, locale, asked] = await Promise.all([sealWords(isForFiles), getLocale(), headers()])
  const nonce = asked.get('x-nonce') ?? undefined
  return (
    <>
      <Embedded id="words" value={{ locale, words }} />
      <script async type="module" src={await sealScript()} nonce={nonce} suppressHydrationWarning />
    </>
  )
}
