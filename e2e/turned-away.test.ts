import { expect } from '@playwright/test'
import { NAMES } from './founded.fixture.ts'
import { personAt, test } from './people.fixture.ts'
import { choose, deskOf, handOver, packedFor, signWith } from './workspace.fixture.ts'

test('goods turned away stay with the giver, who may hand them to someone else', async ({ browser, peopled }) => {
  const { id } = await packedFor(peopled)
  const amal = await deskOf(browser, peopled, 'amal')
  const chipo = await deskOf(browser, peopled, 'chipo')
  await handOver(amal, { id, to: NAMES.carrierA })
  await chipo.goto(`/consignments/${id}`)
  await chipo.getByRole('link', { name: 'Turn away' }).click()
  await expect(chipo.getByRole('button', { name: /^Turn away/ })).toBeDisabled()
  await choose(chipo, 'no space')
  await signWith(chipo, 'Turn away 480 boxes', id)
  await handOver(amal, { id, to: NAMES.carrierB })
  await expect(amal.getByRole('main')).toContainText(`${NAMES.donor} gives to ${NAMES.carrierB}`)
})

test('a handover nobody answered is taken back, and can no longer be received', async ({ browser, peopled }) => {
  const { id } = await packedFor(peopled)
  const amal = await deskOf(browser, peopled, 'amal')
  const chipo = await deskOf(browser, peopled, 'chipo')
  await handOver(amal, { id, to: NAMES.carrierA })
  await chipo.goto(`/consignments/${id}/receive`)
  await expect(chipo.getByRole('button', { name: 'Sign for 480 boxes' })).toBeEnabled()
  await amal.goto(`/consignments/${id}`)
  await amal.getByRole('link', { name: 'Take back an offer' }).first().click()
  await signWith(amal, 'Take back 480 boxes', id)
  await chipo.getByRole('button', { name: 'Sign for 480 boxes' }).click()
  await expect(chipo.getByRole('main')).toContainText(/already answered or withdrawn|cannot be signed now/)
})

test('by a carrier without an account: custody stays with the giver until the receiver signs', async ({
  browser,
  peopled,
}) => {
  const { id } = await packedFor(peopled)
  const amal = await deskOf(browser, peopled, 'amal')
  const hana = await deskOf(browser, peopled, 'hana')
  await amal.goto(`/consignments/${id}/release`)
  await choose(amal, 'By a carrier who is not here')
  await amal.getByRole('radio', { name: NAMES.hospital }).check()
  await amal.getByRole('textbox', { name: 'Who carries it' }).fill('Banda Brothers, lorry')
  await signWith(amal, `Send 480 boxes to ${NAMES.hospital} with Banda Brothers, lorry`, id)
  await expect(amal.getByRole('main')).toContainText('Banda Brothers, lorry')
  await hana.goto(`/consignments/${id}/receive`)
  await expect(hana.getByRole('main')).toContainText('It came with Banda Brothers, lorry.')
  await signWith(hana, 'Sign for 480 boxes', id)
  await expect(hana.getByRole('main')).toContainText('Delivered')
})

test('a viewer reads everything of the party and is offered nothing to sign', async ({ browser, peopled }) => {
  const { id } = await packedFor(peopled)
  const vera = await (await personAt(browser, peopled, 'vera')).newPage()
  await vera.goto(`/consignments/${id}`)
  await expect(vera.getByRole('main')).toContainText('You may read everything here.')
  await expect(vera.getByRole('link', { name: 'Hand over', exact: true })).toBeHidden()
  await vera.goto(`/consignments/${id}/release`)
  await expect(vera.getByRole('main')).toContainText('You may read for this party, not sign.')
  await expect(vera.getByRole('button', { name: /^Hand over/ })).toBeHidden()
  await vera.goto('/keys')
  await expect(vera.getByRole('main')).toContainText('Viewers read and sign nothing, so they need no key.')
})

test('a reference under which nothing is recorded is not found, within the workspace, and says what to check', async ({
  browser,
  peopled,
}) => {
  const amal = await deskOf(browser, peopled, 'amal')
  for (const [typed, title] of [
    ['7K3Q9XMD2TK', 'No consignment has this reference'],
    ['7K3Q9XMD2TT', 'One character of this reference is wrong'],
    ['7K3Q9XMD2TK/release', 'No consignment has this reference'],
  ]) {
    const answer = await amal.goto(`/consignments/${typed}`)
    expect(answer?.status(), typed).toBe(404)
    await expect(amal.getByRole('heading', { level: 1 })).toContainText(title as string)
    await expect(amal.getByRole('navigation').first()).toBeVisible()
  }
})
