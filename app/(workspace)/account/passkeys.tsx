import { headers } from 'next/headers'
import { getLocale, getTranslations } from 'next-intl/server'
import type { Actor } from '@/lib/auth/actor.ts'
import type { OwnPasskey } from '@/lib/auth/own-passkeys.ts'
import { browserOf } from '@/lib/format/browser.ts'
import { formatDay } from '@/lib/format/time.ts'
import { paths } from '@/lib/paths.ts'
import { ActionForm } from '../_forms/action-form.tsx'
import { PasskeyButton } from '../_forms/passkey-button.tsx'
import { ClientWords } from '../_ui/client-words.tsx'
import { asOf } from '../_ui/require-actor.ts'
import { confirmPerson, removePasskey, renamePasskey } from './actions.ts'
import { AddPasskey } from './add-passkey.tsx'

type PasskeysProps = {
  readonly actor: Actor
  readonly passkeys: readonly OwnPasskey[]
  /** Whether the person signed in a moment ago; else they say that it is them before one is added. */
  readonly isFresh: boolean
  /** Id of the one whose controls are shown: the address says which, so that it stays open when a form is answered. */
  readonly open: string | undefined
  /** What the address says was done. */
  readonly changed: string | undefined
}

const CHANGES = ['passkey', 'renamed', 'removed', 'confirmed'] as const

/** The passkeys of the signed-in person, and a new one. */
export async function Passkeys({ actor, passkeys, isFresh, open, changed }: PasskeysProps) {
  const t = await getTranslations()
  const said = CHANGES.find(each => each === changed)
  const isChanging = passkeys.some(({ id }) => id === open)
  return (
    <section className="sheet panel grid gap-4" aria-labelledby="passkeys">
      <div className="grid gap-1">
        <h2 id="passkeys">{t('passkeys.title')}</h2>
        <p className="text-ink-2 text-note">{t('passkeys.text')}</p>
      </div>
      {said && (
        <p className="notice done" role="status">
          {t(`passkeys.changed.${said}`)}
        </p>
      )}
      {passkeys.length === 0 ? (
        <p>{t('passkeys.none')}</p>
      ) : (
        <ul>
          {passkeys.map(each => (
            <PasskeyItem key={each.id} actor={actor} passkey={each} isOpen={each.id === open} />
          ))}
        </ul>
      )}
      {!isChanging && (
        <ClientWords branches={['accountForm', 'passkeyForm']}>
          {isFresh ? <NewPasskey actor={actor} /> : <Confirm actor={actor} mayUsePasskey={passkeys.length > 0} />}
        </ClientWords>
      )}
    </section>
  )
}

async function PasskeyItem({ actor, passkey, isOpen }: { actor: Actor; passkey: OwnPasskey; isOpen: boolean }) {
  const [t, locale] = await Promise.all([getTranslations(), getLocale()])
  const { id, since, keeper, isSynced } = passkey
  const name = passkey.name || t('passkeys.unnamed')
  const hidden = { as: actor.party.party, id }
  return (
    <li className="border-rule border-t py-2.5 first:border-t-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <bdi className="min-w-0 wrap-anywhere font-semibold">{name}</bdi>
        <a
          href={`${paths.account(asOf(actor), undefined, isOpen ? undefined : id)}#passkeys`}
          className="inline-flex min-h-tap items-center text-note"
        >
          {t(isOpen ? 'passkeys.close' : 'passkeys.change')}
          <span className="sr-only"> {name}</span>
        </a>
      </div>
      <p className="flex flex-wrap gap-x-4 text-ink-2 text-note">
        <span>{t('passkeys.since', { day: formatDay(locale, { milliseconds: since, offset: 0 }) })}</span>
        {keeper !== undefined && <bdi>{keeper}</bdi>}
        {isSynced && <span>{t('passkeys.synced')}</span>}
      </p>
      {isOpen && (
        <div className="grid gap-5 py-3">
          <ActionForm
            action={renamePasskey}
            hidden={hidden}
            fields={[
              {
                name: 'name',
                label: t('passkeys.name'),
                type: 'text',
                autoComplete: 'off',
                value: passkey.name,
                most: 80,
              },
            ]}
            submit={t('passkeys.rename')}
          />
          <div className="grid gap-2 border-rule border-t pt-4">
            <p className="max-w-[60ch] text-ink-2 text-note">{t('passkeys.removeText')}</p>
            <ActionForm action={removePasskey} hidden={hidden} submit={t('passkeys.remove', { name })} />
          </div>
        </div>
      )}
    </li>
  )
}

async function NewPasskey({ actor }: { actor: Actor }) {
  const [t, asked] = await Promise.all([getTranslations(), headers()])
  return (
    <div className="border-rule border-t pt-4">
      <AddPasskey
        to={`${paths.account(asOf(actor), 'passkey')}#passkeys`}
        value={browserOf(asked.get('user-agent') ?? '') ?? ''}
        words={{ name: t('passkeys.name'), hint: t('passkeys.addHint'), submit: t('passkeys.add') }}
      />
    </div>
  )
}

/** Who finds a browser open and signed in does not make themself a way in of their own. */
async function Confirm({ actor, mayUsePasskey }: { actor: Actor; mayUsePasskey: boolean }) {
  const t = await getTranslations()
  return (
    <div className="grid gap-4 border-rule border-t pt-4">
      <p>{t('passkeys.confirm')}</p>
      <ActionForm
        action={confirmPerson}
        hidden={{ as: actor.party.party }}
        fields={[
          { name: 'current', label: t('account.own.current'), type: 'password', autoComplete: 'current-password' },
        ]}
        submit={t('passkeys.confirmSubmit')}
      />
      {mayUsePasskey && (
        <PasskeyButton to={`${paths.account(asOf(actor), 'confirmed')}#passkeys`} label={t('passkeys.confirmWith')} />
      )}
    </div>
  )
}
