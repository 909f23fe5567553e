import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { Fingerprint, KeyList } from '@/app/(public)/parties/[reference]/key-list.tsx'
import type { Actor } from '@/lib/auth/actor.ts'
import { isLed, keysOfParty } from '@/lib/data/device-keys.ts'
import type { PartyRecord } from '@/lib/data/parties.ts'
import type { DeskProps } from '@/lib/device/desk.ts'
import { paths } from '@/lib/paths.ts'
import { asOf } from '../../../_ui/require-actor.ts'
import { ApproveKey } from '../../../keys/approve-key.tsx'
import { RevokeKey } from '../../../keys/revoke-key.tsx'
import { doubtsOf } from '../../../keys/revoking.tsx'
import { Asked } from '../../../keys/waiting.tsx'
import { InviteAdmin } from './invite-admin.tsx'
import { ResumeParty, SuspendParty } from './suspend-party.tsx'

/** What the operator does about another party: its first admin and key, its suspension, and the way back where all its admins' devices are lost. */
export async function OperatorPart({ actor, desk, party }: { actor: Actor; desk: DeskProps; party: PartyRecord }) {
  const [t, keys] = await Promise.all([getTranslations(), keysOfParty(party.reference)])
  const next = paths.manageParty(party.reference, asOf(actor))
  const about = { desk, party: party.reference, head: party.head, next }
  const live = keys.enrolled.filter(key => !key.revoked)
  const hasAdmin = isLed(keys.enrolled)
  const approving = <Approving desk={desk} party={party.reference} waiting={keys.waiting} next={next} />
  if (party.isSuspended) {
    return (
      <>
        <p className="max-w-[70ch] text-ink-2">{t('parties.wayBack')}</p>
        <ol className="grid gap-4">
          <Step number={1} title={t('parties.stepSuspended')} isDone />
          <Step number={2} title={t('parties.stepRevoke')} text={t('parties.stepRevokeText')}>
            {live.length === 0 && <p>{t('parties.noLiveKey')}</p>}
            {
              await Promise.all(
                live.map(async key => (
                  <details key={key.key} className="border-rule border-t py-2 first:border-t-0">
                    <summary className="min-h-tap content-center">
                      <Fingerprint of={key.key} /> <bdi>{key.member}</bdi> {key.device !== undefined && '·'}{' '}
                      <bdi>{key.device}</bdi>
                    </summary>
                    <div className="py-3">
                      <RevokeKey
                        desk={desk}
                        keyName={key.key}
                        head={key.head}
                        since={await doubtsOf(key)}
                        reason="lost"
                        next={next}
                      />
                    </div>
                  </details>
                )),
              )
            }
          </Step>
          <Step number={3} title={t('parties.stepEnrol')} text={t('parties.stepEnrolText')}>
            {approving}
            <InviteAdmin actor={actor} party={party} />
          </Step>
          <Step number={4} title={t('parties.stepResume')} text={t('parties.stepResumeText')}>
            {!hasAdmin && <p className="notice text-note">{t('parties.resumeWithout')}</p>}
            <ResumeParty {...about} />
          </Step>
        </ol>
      </>
    )
  }
  return (
    <>
      <section className="sheet panel grid gap-4" aria-labelledby="first">
        <h2 id="first">{t(hasAdmin ? 'parties.admins' : 'parties.firstKey')}</h2>
        <p className="max-w-[70ch] text-ink-2 text-note">{t(hasAdmin ? 'parties.ledText' : 'parties.firstKeyText')}</p>
        {!hasAdmin && approving}
        <InviteAdmin actor={actor} party={party} />
      </section>
      <section className="sheet panel grid gap-3" aria-labelledby="keys">
        <h2 id="keys">{t('keys.listTitle')}</h2>
        {keys.enrolled.length === 0 ? <p>{t('keys.none')}</p> : <KeyList keys={keys.enrolled} />}
      </section>
      <section className="sheet panel grid gap-4" aria-labelledby="suspend">
        <h2 id="suspend">{t('parties.suspendTitle')}</h2>
        <p className="max-w-[70ch] text-ink-2 text-note">{t('parties.suspendText')}</p>
        <SuspendParty {...about} />
      </section>
    </>
  )
}

async function Approving(props: {
  desk: DeskProps
  party: string
  waiting: Awaited<ReturnType<typeof keysOfParty>>['waiting']
  next: string
}) {
  const { desk, party, waiting, next } = props
  const t = await getTranslations()
  if (waiting.length === 0) return <p className="text-ink-2">{t('parties.nobodyWaits')}</p>
  return (
    <ul className="grid gap-4">
      {waiting.map(asked => (
        <li key={asked.key} className="grid gap-2">
          <Asked asked={asked} />
          <ApproveKey desk={desk} party={party} asked={asked} next={next} />
        </li>
      ))}
    </ul>
  )
}

function Step(props: { number: number; title: string; text?: string; isDone?: boolean; children?: ReactNode }) {
  const { number, title, text, isDone = false, children } = props
  return (
    <li className="sheet panel grid gap-3">
      <div className="max-w-[70ch]">
        <h2>
          {number}. {title} {isDone && '✓'}
        </h2>
        {text !== undefined && <p className="text-ink-2 text-note">{text}</p>}
      </div>
      {children}
    </li>
  )
}
