import type { NoticeKind } from '../core/custody/notices.ts'
import type { NoticeView } from '../data/notices.ts'
import { paths } from '../paths.ts'

/** The thing to do about a notice, a word of `notices.do`, and where. */
export type NoticeAct = {
  readonly word: 'receive' | 'waybill' | 'settle' | 'open' | 'keys' | 'party'
  readonly path: string
}

/** What a notice leads to: its one act while that is still to be done, else what it is about. `as`: the party acted for, as in every address. */
export function actOf({ kind, about, ask }: NoticeView, as: string | undefined): NoticeAct {
  if (kind === 'key-enrolled' || kind === 'key-revoked') return { word: 'keys', path: paths.keys(as) }
  if (kind === 'suspended' || kind === 'resumed') return { word: 'party', path: paths.party(about) }
  switch (ask?.kind) {
    case 'receive':
      return { word: 'receive', path: paths.act(about, 'receive', as, { release: ask.release }) }
    case 'waybill':
      return { word: 'waybill', path: paths.waybill(about, ask.release, as) }
    case 'settle':
      return { word: 'settle', path: paths.act(about, 'settle', as, { release: ask.of }) }
    case undefined:
      return { word: 'open', path: paths.consignment(about, as) }
  }
}

/** The sentence of `notices.says` that tells it: some read otherwise where another party did it, or where none is named. */
export function sentenceOf({ kind, other }: Pick<NoticeView, 'kind' | 'other'>): string {
  if (kind === 'waits') return other ? 'waits' : 'waits-open'
  return (kind === 'key-enrolled' || kind === 'key-revoked') && other ? `${kind}-by` : kind
}

/** Whether what a notice is about is a consignment. */
export function isAboutGoods(kind: NoticeKind): boolean {
  return !NOT_GOODS.includes(kind)
}

const NOT_GOODS: readonly NoticeKind[] = ['key-enrolled', 'key-revoked', 'suspended', 'resumed']

/** The kinds as a person chooses among them: `notices.own.groups`. */
export const NOTICE_GROUPS = {
  coming: ['announced', 'coming', 'withdrawn', 'redirected-to', 'redirected'],
  given: ['received', 'arrived', 'refused', 'waits'],
  wrong: ['differs', 'written-off', 'not-in-effect', 'settled'],
  keys: ['key-enrolled', 'key-revoked', 'suspended', 'resumed'],
} as const satisfies Record<string, readonly NoticeKind[]>
