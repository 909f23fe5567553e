import { getTranslations } from 'next-intl/server'
import type { DemoParty } from '@/lib/data/demo-keys.ts'
import { enterAs } from './actions.ts'

type ButtonsProps = {
  parties: readonly DemoParty[]
  /** The parties that this browser acts for already. */
  entered?: readonly string[]
  /** Where to go on afterwards. */
  next?: string | undefined
}

/** One button for each party of the demonstration's story; a plain form each. */
export async function EnterButtons({ parties, entered = [], next }: ButtonsProps) {
  const t = await getTranslations()
  return (
    <ul className="grid gap-2 min-[34rem]:grid-cols-2 min-[54rem]:grid-cols-3">
      {parties.map(({ party, part, name }) => (
        <li key={party}>
          <form action={enterAs} className="h-full">
            <input type="hidden" name="party" value={party} />
            {next !== undefined && <input type="hidden" name="next" value={next} />}
            <button type="submit" className="btn entry">
              <span>
                {t('enter.as')} <bdi>{name}</bdi>
              </span>
              <small>{t(entered.includes(party) ? 'enter.entered' : `enter.part.${part}`)}</small>
            </button>
          </form>
        </li>
      ))}
    </ul>
  )
}
