import { getTranslations } from 'next-intl/server'
import type { Actor } from '@/lib/auth/actor.ts'
import { paths } from '@/lib/paths.ts'
import { Chevron } from './chevron.tsx'
import type { Room } from './frame.tsx'

/** The same room for another party; a page about one thing has no counterpart there, so it leads to today. */
const ROOM_PATHS: Readonly<Record<Room, (as: string) => string>> = {
  today: paths.today,
  notices: as => paths.notices(as),
  consignments: as => paths.consignments(as),
  scan: paths.scan,
  keys: paths.keys,
  members: paths.members,
  parties: paths.parties,
  account: paths.account,
}

/** For whom this page acts, always in sight; for who acts for several also the way to the others, as links. */
export async function PartyChooser({ actor, room }: { actor: Actor; room: Room | undefined }) {
  const t = await getTranslations()
  const { party, memberships } = actor
  const others = memberships.filter(each => each.party !== party.party)
  const name = (
    <>
      <span className="sr-only">{t('workspace.actingFor')} </span>
      <bdi className="line-clamp-2 min-w-0">{party.name}</bdi>
    </>
  )
  if (others.length === 0) return <p className="party-one min-w-0">{name}</p>
  return (
    <details className="party-chooser">
      <summary>
        {name}
        <Chevron to="below" />
      </summary>
      <ul aria-label={t('workspace.actFor')}>
        {others.map(other => (
          <li key={other.party}>
            <a href={ROOM_PATHS[room ?? 'today'](other.party)} className="work-link">
              <bdi>{other.name}</bdi>
            </a>
          </li>
        ))}
      </ul>
    </details>
  )
}
