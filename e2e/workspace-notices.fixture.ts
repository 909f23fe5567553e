import { randomUUID } from 'node:crypto'
import webPush from 'web-push'
import { createPushKeys, readPushKeys } from '../lib/data/push-keys.ts'
import { emailOf } from './accounts.fixture.ts'
import { enterAs, inBrowser, type Played, type Stage } from './workspace-stage.fixture.ts'

/** What a party is told, and what its members are written besides. */
export async function notices(stage: Stage): Promise<void> {
  const { played, see, t } = stage
  await inBrowser(stage, undefined, async page => {
    for (const name of ['Harbour Relief', 'Valley District Hospital']) {
      const party = await enterAs(page, name)
      await page.goto(`/notices?${party}`)
      await see(page, `notices-${name === 'Harbour Relief' ? 'donor' : 'hospital'}`)
      await page.goto(`/notices?before=1-a&${party}`)
      await see(page, 'notices-before-all')
    }
  })
  const { log, dataDir, cast } = played
  await inBrowser(stage, 'hana', async page => {
    await log.prisma.member.updateMany({ data: { createdAt: 1n, noticesReadAt: null } })
    await page.goto('/notices')
    await see(page, 'notices-unread')
    await page.goto('/notices/settings')
    await see(page, 'notices-settings-inbox-alone')
    if (!readPushKeys(dataDir)) createPushKeys(dataDir, webPush.generateVAPIDKeys())
    await givenUp(played)
    await page.goto('/notices/settings')
    await page
      .getByRole('region', { name: t('noticeForm.browser.title') })
      .getByRole('status')
      .waitFor()
    await see(page, 'notices-settings')
    await page.getByRole('button', { name: t('notices.own.save') }).click()
    await page.waitForURL(/changed=saved/)
    await see(page, 'notices-settings-saved')
  })
  await inBrowser(stage, 'olga', async page => {
    await log.prisma.notice.deleteMany({ where: { party: cast.operator.reference } })
    await page.goto('/notices')
    await see(page, 'notices-empty')
  })
}

/** One letter that the mail server refused, and one that is still tried. */
async function givenUp({ log }: Played): Promise<void> {
  const { id: userId } = await log.prisma.user.findUniqueOrThrow({ where: { email: emailOf('hana') } })
  const [notice] = await log.prisma.notice.findMany({ take: 1 })
  const now = BigInt(Date.now())
  for (const [lastCode, done] of [
    ['mail-refused', { doneAt: now, outcome: 'gave-up' }],
    ['mail-unreachable', {}],
  ] as const) {
    const due = { attempts: 1, dueAt: now + 3_600_000n, lastCode, ...done }
    await log.prisma.delivery.create({
      data: { id: randomUUID(), notice: notice?.id ?? '', userId, channel: 'mail', letter: lastCode, ...due },
    })
  }
}
