import { getLocale, getTranslations } from 'next-intl/server'
import type { Actor } from '@/lib/auth/actor.ts'
import { fingerprintOf } from '@/lib/core/custody/key-fingerprint.ts'
import type { Colleague } from '@/lib/data/colleagues.ts'
import { formatDay } from '@/lib/format/time.ts'
import { isMailOn } from '@/lib/mail/transport.ts'
import { paths } from '@/lib/paths.ts'
import { ActionForm } from '../_forms/action-form.tsx'
import { resetFields } from '../_forms/reset-fields.ts'
import { roleOptions } from '../_forms/role-options.ts'
import { actorMay, asOf } from '../_ui/require-actor.ts'
import { handOverReset, remove, setRole } from './actions.ts'

type CardProps = { readonly colleague: Colleague; readonly actor: Actor; readonly isOpen: boolean }

/** One member; for admins also a way to what they can change, or that itself. The address says which, so that it stays open when a form is answered. */
export async function MemberCard({ colleague, actor, isOpen }: CardProps) {
  const [t, locale, ways] = await Promise.all([getTranslations(), getLocale(), resetFields()])
  const { userId, name, email, role, since } = colleague
  const hidden = { as: actor.party.party, userId }
  const isSelf = userId === actor.person.id
  return (
    <li className="border-rule border-t py-3 first:border-t-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <p>
          <bdi className="font-semibold">{name}</bdi>
          {isSelf && <span className="text-ink-2"> ({t('account.members.you')})</span>}
        </p>
        <p>{t(`account.roles.${role}`)}</p>
      </div>
      <p className="flex flex-wrap gap-x-4 text-ink-2 text-note">
        <bdi dir="ltr" className="wrap-anywhere">
          {email}
        </bdi>
        <span>{t('account.members.since', { day: formatDay(locale, { milliseconds: since, offset: 0 }) })}</span>
      </p>
      {actorMay(actor, 'manage-members') && (
        <p className="text-note">
          <a
            href={paths.members(asOf(actor), isOpen ? {} : { member: userId })}
            className="inline-flex min-h-tap items-center"
          >
            {t(isOpen ? 'account.members.close' : 'account.members.change')}
            <span className="sr-only"> {name}</span>
          </a>
        </p>
      )}
      {isOpen && (
        <div className="grid gap-6 py-3">
          <div className="grid gap-2">
            <ActionForm
              action={setRole}
              hidden={hidden}
              fields={[{ name: 'role', label: t('account.members.role'), options: roleOptions(t), value: role }]}
              submit={t('account.members.saveRole')}
            />
            <p className="max-w-[60ch] text-ink-2 text-note">{t('account.members.roleKeys')}</p>
          </div>
          {!isSelf && (
            <div className="grid gap-2 border-rule border-t pt-4">
              <h3>{t('account.members.reset')}</h3>
              <p className="max-w-[60ch] text-ink-2 text-note">
                {t(isMailOn() ? 'account.members.resetTextMail' : 'account.members.resetText')}
              </p>
              <ActionForm
                action={handOverReset}
                hidden={hidden}
                fields={ways}
                submit={t('account.members.resetSubmit')}
                linkLabel={t('account.members.resetLink', { name })}
              />
            </div>
          )}
          <div className="grid gap-3 border-rule border-t pt-4">
            <h3>{t('account.members.remove')}</h3>
            <p className="max-w-[60ch] text-ink-2 text-note">{t('account.members.removeText')}</p>
            <LiveKeys colleague={colleague} actor={actor} />
            <ActionForm action={remove} hidden={hidden} submit={t('account.members.removeSubmit', { name })} />
          </div>
        </div>
      )}
    </li>
  )
}

/** The keys that removing does not touch, and where they are dealt with. */
async function LiveKeys({ colleague, actor }: { colleague: Colleague; actor: Actor }) {
  const t = await getTranslations()
  const { keys } = colleague
  if (keys.length === 0) return <p className="text-note">{t('account.members.noKeys')}</p>
  return (
    <div className="notice grid gap-2 text-note">
      <p className="font-semibold">{t('account.members.keys', { count: keys.length })}</p>
      <ul className="grid gap-1">
        {keys.map(({ key, device }) => (
          <li key={key} className="flex flex-wrap gap-x-3">
            <bdi>{device}</bdi>
            <bdi dir="ltr" className="code">
              {fingerprintOf(key)}
            </bdi>
          </li>
        ))}
      </ul>
      <p>
        <a href={paths.keys(asOf(actor))} className="inline-flex min-h-tap items-center">
          {t('account.members.keysLink')}
        </a>
      </p>
    </div>
  )
}
