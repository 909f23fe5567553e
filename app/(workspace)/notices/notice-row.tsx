import { getLocale, getTranslations } from 'next-intl/server'
import { fingerprintOf } from '@/lib/core/custody/key-fingerprint.ts'
import { formatReference } from '@/lib/core/custody/reference.ts'
import type { NoticeView } from '@/lib/data/notices.ts'
import { actOf, isAboutGoods, sentenceOf } from '@/lib/notices/wording.ts'
import { Age } from '../_shown/age.tsx'
import { PartyName } from '../_shown/party-name.tsx'

type Props = {
  readonly notice: NoticeView & { readonly isUnread: boolean }
  readonly as: string | undefined
  readonly now: number
  /** Who may sign is led to the act itself, others to what it is about. */
  readonly maySign: boolean
}

/** One notice: what happened, of which goods, when, and where it leads. */
export async function NoticeRow({ notice, as, now, maySign }: Props) {
  const [t, locale] = await Promise.all([getTranslations(), getLocale()])
  const { kind, about, other, at, isUnread, ask, ...rest } = notice
  const act = actOf({ ...rest, kind, about, at, ...(maySign && ask && { ask }) }, as)
  const isDue = act.word === 'receive' || act.word === 'settle'
  const reference = isAboutGoods(kind) ? formatReference(about) : undefined
  return (
    <li className="today-row">
      <p className={isUnread ? 'min-w-0 font-semibold' : 'min-w-0'}>
        {isUnread && (
          <>
            <span aria-hidden="true" className="me-2 inline-block size-2 rounded-full bg-open align-middle" />
            <span className="sr-only">{t('notices.unread')}: </span>
          </>
        )}
        {t.rich(`notices.says.${sentenceOf({ kind, ...(other && { other }) })}`, {
          other: () => other && <PartyName key="other" party={other} />,
        })}
      </p>
      <div className="min-w-0 text-note">
        <About notice={notice} />
      </div>
      <p className="text-ink-2 text-note">
        <Age locale={locale} since={at} now={now} />
      </p>
      <a className={isDue ? 'btn primary' : 'btn'} href={act.path}>
        {t(`notices.do.${act.word}`)}
        {reference !== undefined && <span className="sr-only"> {reference}</span>}
      </a>
    </li>
  )
}

/** The goods and the reference, or the key's fingerprint. */
async function About({ notice: { kind, about, goods } }: Pick<Props, 'notice'>) {
  const t = await getTranslations()
  if (kind === 'key-enrolled' || kind === 'key-revoked') {
    return (
      <bdi dir="ltr" className="code text-ink-2">
        {fingerprintOf(about)}
      </bdi>
    )
  }
  if (!isAboutGoods(kind)) return null
  return (
    <>
      {goods && (
        <p>
          <bdi>{goods.item}</bdi>
          {goods.quantity > 0 && ` · ${t(`units.${goods.unit}`, { count: goods.quantity })}`}
          {goods.others > 0 && ` ${t('notices.more', { count: goods.others })}`}
        </p>
      )}
      <bdi dir="ltr" className="code whitespace-nowrap text-ink-2">
        {formatReference(about)}
      </bdi>
    </>
  )
}
