import 'server-only'
import { createHash } from 'node:crypto'
import { createTranslator } from 'use-intl/core'
import { formatReference } from '../core/custody/reference.ts'
import type { NoticeView } from '../data/notices.ts'
import { framed, isolated } from '../mail/frame.ts'
import type { Letter } from '../mail/transport.ts'
import { isLocale, LOCALES, type Locale } from '../messages/locale.ts'
import { paths } from '../paths.ts'
import { actOf, isAboutGoods, sentenceOf } from './wording.ts'

/** For whom something is composed: `locale` is theirs, English where it is none of ours; `site`: scheme and host of this server. */
export type Reader = { readonly name: string; readonly locale: string | undefined; readonly site: string }

/** A notice with the party that it is told to, by name. */
export type Told = NoticeView & { readonly partyName: string }

type Translate = Awaited<ReturnType<typeof wordsIn>>

async function wordsIn(locale: Locale) {
  const [{ notices }, { units }] = await Promise.all(
    ['notices', 'words'].map(area =>
      import(`../messages/${locale}/${area}.json`, { with: { type: 'json' } }).then(file => file.default),
    ),
  )
  return createTranslator({ locale, messages: { notices, units }, timeZone: 'UTC' })
}

const localeOf = ({ locale }: Reader): Locale => (isLocale(locale) ? locale : LOCALES[0])

/** 64 hex characters that name a letter or a push for ever. `id`: of the claim. */
export function nameOf(id: string): string {
  return createHash('sha256').update(id).digest('hex')
}

/** The letter that tells a person one notice or several, oldest first. `id`: of the claim, so that the same one is the same letter. */
export async function composeNotices(args: {
  readonly id: string
  readonly to: string
  readonly reader: Reader
  readonly notices: readonly Told[]
}): Promise<Letter> {
  const { id, to, reader, notices } = args
  const { site } = reader
  const locale = localeOf(reader)
  const t = await wordsIn(locale)
  const [first] = notices
  if (!first) throw new Error('a letter tells something')
  const names = [...new Set(notices.map(({ partyName }) => partyName))]
  const isOne = notices.length === 1
  const act = actOf(first, first.party)
  const parties = new Set(notices.map(({ party }) => party))
  const told = notices.flatMap((notice, at) => {
    const isNext = parties.size > 1 && notices[at - 1]?.party !== notice.party
    const lines = [saying(t, notice), about(t, notice), ...(isOne ? [] : [site + actOf(notice, notice.party).path])]
    return [
      ...(isNext ? [t('notices.letter.forParty', { party: isolated(notice.partyName) })] : []),
      lines.filter(line => line !== '').join('\n'),
    ]
  })
  return {
    to,
    id: nameOf(id),
    subject: isOne
      ? [saying(t, first, as => as), isAboutGoods(first.kind) ? formatReference(first.about) : '']
          .filter(Boolean)
          .join(' · ')
      : t('notices.letter.subject', { count: notices.length, party: names.join(', ') }),
    ...framed({
      locale,
      paragraphs: [t('notices.letter.hello', { name: isolated(reader.name) }), ...told],
      link: isOne
        ? { label: t(`notices.do.${act.word}`), address: site + act.path }
        : { label: t('notices.letter.all'), address: site + paths.notices(first.party) },
      closing: [
        t('notices.letter.closing', { party: names.map(isolated).join(', '), site }),
        t('notices.letter.stop', { address: site + paths.noticeSettings(first.party) }),
        t('notices.letter.automatic'),
      ],
    }),
  }
}

/** What a browser shows: the kind of notice and the reference, never goods or names. `tag`: a later one of the same tag takes its place. */
export type PushMessage = {
  readonly title: string
  readonly body: string
  readonly tag: string
  /** Path at this site. */
  readonly path: string
  readonly lang: string
  readonly dir: 'ltr' | 'rtl'
}

/** What a person's browsers show of one notice or several. */
export async function composePush(args: {
  readonly id: string
  readonly reader: Reader
  readonly notices: readonly Told[]
}): Promise<PushMessage> {
  const { id, reader, notices } = args
  const locale = localeOf(reader)
  const t = await wordsIn(locale)
  const [first] = notices
  if (!first) throw new Error('a push tells something')
  const shown = {
    tag: nameOf(id).slice(0, 32),
    lang: locale,
    dir: locale === 'ar' ? ('rtl' as const) : ('ltr' as const),
  }
  const reference = isAboutGoods(first.kind) ? formatReference(first.about) : ''
  if (notices.length === 1) {
    return { ...shown, title: t(`notices.kinds.${first.kind}`), body: reference, path: actOf(first, first.party).path }
  }
  const kinds = [...new Set(notices.map(({ kind }) => t(`notices.kinds.${kind}`)))].slice(0, 3)
  return {
    ...shown,
    title: t('notices.push.digest', { count: notices.length }),
    body: kinds.join('\n'),
    path: paths.notices(first.party),
  }
}

/** `named`: how names stand in it; a subject line takes no marks of direction. */
function saying(t: Translate, notice: Told, named = isolated): string {
  const { other } = notice
  const name = other && ('value' in other.name ? other.name.value : formatReference(other.reference))
  return t.markup(`notices.says.${sentenceOf(notice)}`, { other: () => named(name ?? '') })
}

/** Goods and reference, in one line. */
function about(t: Translate, { kind, about: reference, goods }: Told): string {
  if (!isAboutGoods(kind)) return ''
  const more = goods && goods.others > 0 ? ` ${t('notices.more', { count: goods.others })}` : ''
  const said = goods && goods.quantity > 0 ? ` · ${t(`units.${goods.unit}`, { count: goods.quantity })}` : ''
  const what = goods ? `${isolated(goods.item)}${said}${more} · ` : ''
  return `${what}${isolated(formatReference(reference))}`
}
