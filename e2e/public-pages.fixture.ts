import type { Told } from './server.fixture.ts'

/** Public pages about no one consignment: a name good for a file, and the path. A new public page belongs here. */
export const PLAIN_PAGES: readonly (readonly [name: string, path: string])[] = [
  ['home', '/'],
  ['log', '/log'],
  ['verify', '/verify'],
  ['status', '/status'],
  ['wrong-reference', '/track/7K3Q9XMD2TT'],
  ['unknown-reference', '/track/7K3Q9XMD2TK'],
  ['no-reference', '/track/7K3Q9XMD2TA'],
  ['no-such-page', '/nowhere'],
]

/** Every public page of a server that has told the demo's story, in the states that an address alone brings about. */
export function publicPagesOf(told: Told): readonly (readonly [name: string, path: string])[] {
  const label = (reference: string, key = told.fingerprint) => `/t/${reference}#k=${key}`
  return [
    ...PLAIN_PAGES,
    ...told.story.consignments.map(({ name, reference }) => [`track-${name}`, label(reference)] as const),
    ['track-failed', label(told.reference('partLoad'), '0'.repeat(26))],
    ...Object.values(told.story.cast).map(({ reference }, at) => [`party-${at + 1}`, `/parties/${reference}`] as const),
  ]
}
