import { cookies, headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import { LOCALE_COOKIE, type Locale, pickLocale } from './locale.ts'

const AREAS = [
  'site',
  'home',
  'track',
  'seal',
  'checks',
  'verify',
  'log',
  'words',
  'refusals',
  'workspace',
  'account',
  'firstRun',
  'keys',
  'parties',
  'draft',
  'label',
  'act',
  'consignments',
  'today',
  'scan',
  'enter',
  'outbox',
  'notices',
  'importing',
  'status',
  'mail',
  'passkeys',
  'cheat',
  'papers',
  'memory',
  'verifier',
  'witnesses',
] as const

/** All messages of a language as one tree. Files of one language name disjoint branches. */
async function messagesOf(locale: Locale) {
  const files = await Promise.all(AREAS.map(area => import(`./${locale}/${area}.json`)))
  return Object.assign({}, ...files.map(file => file.default))
}

/** Language of this request: the visitor's choice, else the browser's wish. Times are shown with their own offset, so no zone is guessed. */
export default getRequestConfig(async () => {
  const [jar, asked] = await Promise.all([cookies(), headers()])
  const locale = pickLocale({ cookie: jar.get(LOCALE_COOKIE)?.value, accept: asked.get('accept-language') })
  return { locale, messages: await messagesOf(locale), timeZone: 'UTC' }
})
