import { getTranslations } from 'next-intl/server'
import { paths } from '@/lib/paths.ts'

/** Why a log stopped that was shown its own signature on what it does not hold: both signed notes, to be kept by whoever reads this. */
export async function HandedIn() {
  const t = await getTranslations()
  return (
    <div className="mt-2 max-w-[70ch]">
      <p>{t('log.handedIn')}</p>
      <p className="flex flex-wrap gap-x-6">
        <a className="flex min-h-tap items-center" href={paths.handedIn()} download="handed-in.checkpoint.txt">
          {t('log.handedInNote')}
        </a>
        <a className="flex min-h-tap items-center" href={paths.checkpoint()} download="shown.checkpoint.txt">
          {t('log.shownNote')}
        </a>
        <a className="flex min-h-tap items-center" href={paths.contradiction()} download="contradiction.txt">
          {t('witnesses.contradiction')}
        </a>
      </p>
    </div>
  )
}
