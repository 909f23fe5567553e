import { handOver, pack, receive, release, type Told } from './story-acts.ts'
import { type Cast, SITES } from './story-cast.ts'
import type { Tell } from './story-ways.ts'

const { beira, blantyre, clinic: clinicDoor, hospital: hospitalDoor } = SITES

/** Part of it turned away at the door, the rest of it refused at a second try; then a lot number and a place's name are corrected. */
export const refused: Tell = async (scribe, cast) => {
  const { donor, carrierA, clinic } = cast
  const told = await pack(scribe, {
    name: 'refused',
    by: donor,
    site: blantyre,
    consignee: clinic,
    lines: [
      {
        id: '1',
        item: 'Examination glove, nitrile, M',
        lot: 'GL-77102',
        expiry: '2029-08',
        unit: 'pair',
        packSize: '50',
        quantity: '4000',
      },
      {
        id: '2',
        item: 'Oxytocin 10 IU/ml, 1 ml ampoule',
        lot: 'OX-4410',
        expiry: '2027-02',
        unit: 'ampoule',
        packSize: '10',
        quantity: '200',
      },
    ],
  })
  const all = [
    { line: '1', quantity: '4000' },
    { line: '2', quantity: '200' },
  ]
  await handOver(told, { from: donor, to: carrierA, at: blantyre, parts: all })
  const first = await release(told, { by: carrierA, to: clinic, site: clinicDoor, parts: all })
  const receipt = await receive(told, {
    by: clinic,
    release: first.hash,
    site: { ...clinicDoor, name: 'Lakeside Clinic, dispensry' },
    lines: [
      { line: '1', received: '3000', left: { quantity: '1000', reason: 'no-space' } },
      { line: '2', received: '0', left: { quantity: '200', reason: 'turned-away' } },
    ],
    sealed: { remark: 'The cold box stood open: ampoules turned away. No room for 20 boxes of gloves.' },
  })
  return refuseAndCorrect(told, cast, receipt)
}

async function refuseAndCorrect(
  told: Told & { packed: string },
  { donor, carrierA, clinic }: Cast,
  receipt: string,
): Promise<Told> {
  const { scribe, id } = told
  const about = 'consignment' as const
  const again = await release(told, {
    step: 'release again',
    by: carrierA,
    to: clinic,
    site: clinicDoor,
    parts: [{ line: '2', quantity: '200' }],
  })
  await scribe.write({
    step: 'refused/refuse',
    actor: clinic,
    about,
    id,
    kind: 'refuse',
    body: { release: again.hash, reason: 'damaged' },
    site: clinicDoor,
    sealed: { remark: 'The same ampoules as before.' },
  })
  await scribe.write({
    step: 'refused/correct lot',
    actor: donor,
    about,
    id,
    kind: 'correct',
    body: { event: told.packed, lines: [{ id: '1', lot: 'GL-77012' }] },
  })
  await scribe.write({
    step: 'refused/correct place',
    actor: clinic,
    about,
    id,
    kind: 'correct',
    body: { event: receipt },
    sealed: { place: clinicDoor.name },
  })
  return told
}

/** Part of a consignment leaves for a second one, packed from it to the unit; each then goes its own way. */
export const split: Tell = async (scribe, { donor, carrierB, hospital, clinic }) => {
  const tarpaulin = { item: 'Tarpaulin, 4 × 6 m', unit: 'piece', packSize: '5' } as const
  const whole = await pack(scribe, {
    name: 'split',
    by: donor,
    site: beira,
    consignee: hospital,
    lines: [{ id: '1', ...tarpaulin, quantity: '600' }],
  })
  const reserved = scribe.reference('split off/pack', donor.reference)
  const { hash } = await scribe.write({
    step: 'split/move',
    actor: donor,
    about: 'consignment',
    id: whole.id,
    kind: 'move',
    body: { to: `consignment/${reserved.id}`, lines: [{ line: '1', condition: 'sound', quantity: '250' }] },
    site: beira,
  })
  const part = await pack(scribe, {
    name: 'split off',
    by: donor,
    site: beira,
    consignee: clinic,
    reserved,
    lines: [{ id: '1', ...tarpaulin, quantity: '250', from: { event: hash, line: '1' } }],
  })
  await handOver(part, { from: donor, to: carrierB, at: beira, parts: [{ line: '1', quantity: '250' }] })
  await handOver(whole, { from: donor, to: hospital, at: hospitalDoor, parts: [{ line: '1', quantity: '350' }] })
  return part
}

/** Given by a person to whoever scans the waybill; the clinic does, and hands the goods out. */
export const openRelease: Tell = async (scribe, { person, donor, clinic }) => {
  const told = await pack(scribe, {
    name: 'open release',
    by: person,
    site: blantyre,
    consignee: clinic,
    sealed: { 'donor/2': 'A parish in Blantyre' },
    lines: [
      {
        id: '1',
        item: 'Therapeutic food paste, 92 g sachet',
        lot: 'RUTF-118',
        expiry: '2027-09',
        unit: 'sachet',
        packSize: '150',
        quantity: '450',
        donor: { party: donor.reference },
      },
      { id: '2', item: 'Baby blanket', unit: 'blanket', quantity: '40', donor: { named: 'withheld' } },
    ],
  })
  const claim = scribe.keyFor('open release', () => ({ role: 'claim', party: '' }))
  const given = await release(told, {
    by: person,
    claim,
    site: blantyre,
    parts: [
      { line: '1', quantity: '450' },
      { line: '2', quantity: '40' },
    ],
  })
  await receive(told, {
    by: clinic,
    release: given.hash,
    claim,
    site: clinicDoor,
    lines: [
      { line: '1', received: '450' },
      { line: '2', received: '40' },
    ],
  })
  await scribe.write({
    step: 'open release/distribute',
    actor: clinic,
    about: 'consignment',
    id: told.id,
    kind: 'distribute',
    body: {
      lines: [
        { line: '1', condition: 'sound', quantity: '120' },
        { line: '2', condition: 'sound', quantity: '15' },
      ],
    },
    site: clinicDoor,
  })
  return told
}
