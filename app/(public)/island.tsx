import { headers } from 'next/headers'
import { getLocale, getMessages } from 'next-intl/server'
import { escapeHtml, type Words } from '@/lib/device/words.ts'
import { followScript, holdScript, memoryScript, sealScript } from './seal-script.ts'

/** Branches of the messages that the seal speaks with on every page, and those it needs to tell what a file is about. */
const REPORT_WORDS = ['seal', 'checks', 'outcomes', 'codes', 'refusals']
const FILE_WORDS = ['verify', 'stages', 'units', 'party']
/** What is said once the verdict stands, and on the bench. */
const MORE_WORDS = ['visit', 'share', 'cheat', 'kinds', 'party', 'memory']

/** The messages of this request's language that the seal needs. */
export async function sealWords(isForFiles = false): Promise<Words> {
  return branchesOf(isForFiles ? [...REPORT_WORDS, ...FILE_WORDS] : REPORT_WORDS)
}

async function branchesOf(names: readonly string[]): Promise<Words> {
  const messages = (await getMessages()) as Words
  return Object.fromEntries(names.map(name => [name, messages[name] as Words]))
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

/** Words that another script may put more exact ones in place of. */
export function Filled({ id, text }: { id: string; text: string }) {
  const safe = escapeHtml(text)
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a message of ours, escaped
  return <span id={id} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: safe }} />
}

/** Where the browser says that a record is new to it; other scripts fill it, React leaves it alone. `index`: the record's place in the log. */
export function NewMark({ index }: { index: number }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: empty
  return <span data-record={index} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: '' }} />
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

/** A few lines of our own build in the page itself, and the words they say: `code` runs after the page is there. */
async function OwnScript({ id, branches, code }: { id: string; branches: readonly string[]; code: string }) {
  const [words, locale, asked] = await Promise.all([branchesOf(branches), getLocale(), headers()])
  return (
    <>
      <Embedded id={id} value={{ locale, words }} />
      <script
        type="module"
        nonce={asked.get('x-nonce') ?? undefined}
        suppressHydrationWarning
        // biome-ignore lint/security/noDangerouslySetInnerHtml: our own build's output
        dangerouslySetInnerHTML={{ __html: code }}
      />
    </>
  )
}

const calling = (address: string, name: string) => `import(${JSON.stringify(address)}).then(module => module.${name}())`

/** What a consignment's page does beside the verdict: it asks for the rest when it is wanted. */
export async function FollowScript() {
  return <OwnScript id="more-words" branches={MORE_WORDS} code={await followScript()} />
}

/** What a page about the log itself does with this browser's memory of it: `MemoryPart` is where it says so. */
export async function MemoryScript() {
  return <OwnScript id="more-words" branches={['memory']} code={calling(await memoryScript(), 'armMemory')} />
}

/** How a visitor holds this site to its witnesses: `HoldPart` is where it is done. */
export async function HoldScript() {
  return <OwnScript id="hold-words" branches={['witnesses']} code={calling(await holdScript(), 'armHold')} />
}

/** Where the browser says which witnesses it holds this site to; empty without scripts. */
export function HoldPart() {
  return <Redrawn id="hold" markup="" />
}

/** Where the browser says that the site does not show what it showed before: empty as long as it does. */
export function MemoryPart() {
  return <Redrawn id="memory" markup="" />
}
