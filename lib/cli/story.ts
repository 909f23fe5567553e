import { forgetfulMemory, type Memory, openScribe, type Post } from './scribe.ts'
import { type Cast, enterCast } from './story-cast.ts'
import { openRelease, refused, split } from './story-ends.ts'
import { offline, partLoad, relay, type Tell, viaCarrier, waiting } from './story-ways.ts'

/** The consignments of the story in the order they are told; the title says what each one shows. */
const CHAPTERS = {
  relay: ['a relay: donor, two carriers, hospital', relay],
  partLoad: ['a part load, a shortage and its settlement', partLoad],
  via: ['a carrier without an account', viaCarrier],
  waiting: ['a handoff that waits for its taker', waiting],
  offline: ['a release signed offline that came too late', offline],
  refused: ['goods turned away, and two corrections', refused],
  split: ['a consignment split in two', split],
  openRelease: ['an open release, claimed and handed out', openRelease],
} as const satisfies Readonly<Record<string, readonly [string, Tell]>>

export type ChapterName = keyof typeof CHAPTERS

/** What was told: who signs, and the reference of every consignment. */
export interface ToldStory {
  readonly cast: Cast
  readonly consignments: readonly { readonly name: ChapterName; readonly title: string; readonly reference: string }[]
}

/**
 * Founds a demo log at `origin` and tells the story into it: about eighty events, each posted in order and each recorded, or this throws.
 * `clock` gives unix milliseconds (the claimed times; one release claims to be five hours older), `random` fresh bytes. With a `memory` that
 * lasts, a run that was cut short is continued with the notes that were signed before.
 */
export async function tellStory(args: {
  origin: string
  post: Post
  clock: () => number
  random: (bytes: number) => Uint8Array
  memory?: Memory
  onChapter?: (title: string, told: number, of: number) => void
}): Promise<ToldStory> {
  const { onChapter, memory = forgetfulMemory() } = args
  const scribe = openScribe({ ...args, memory })
  const chapters = Object.entries(CHAPTERS) as [ChapterName, readonly [string, Tell]][]
  onChapter?.('founding the log, registering six parties', 0, chapters.length)
  const cast = await enterCast(scribe)
  const consignments: ToldStory['consignments'][number][] = []
  for (const [place, [name, [title, tell]]] of chapters.entries()) {
    onChapter?.(title, place + 1, chapters.length)
    const { id } = await tell(scribe, cast)
    consignments.push({ name, title, reference: id })
  }
  return { cast, consignments }
}
