import { getTranslations } from 'next-intl/server'
import type { DemoParty } from '@/lib/data/demo-keys.ts'
import { enterAs } from './actions.ts'

/** One button for each party of the demonstration's story; a plain form each. `entered`: the parties that this browser acts for already. */
export async function EnterButtons({
  parties,
  entered,
}: {
  parties: readonly DemoParty[]
  entered: readonly string[]
}) {
  const t = await getTranslations()
  return (
    <ul className="grid gap-2 min-[34rem]:grid-cols-2 min-[54rem]:grid-cols-3">
      {parties.map(({ party, part, name }) => (
        <li key={party}>
          <form action={enterAs}>
            <input type="hidden" name="party" value={party} />
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
