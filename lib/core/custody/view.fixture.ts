import { formatJson, type Json } from '../json.ts'
import { deriveView } from './derive-view.ts'
import type { OpeningsAt } from './shown.ts'
import type { Story } from './story.fixture.ts'
import type { ConsignmentView } from './views.ts'

/** The view of a consignment of the story; throws where there is none, or where it is no canonical JSON. */
export function viewOf(story: Story, reference: string, openings: OpeningsAt = new Map()): ConsignmentView {
  const context = story.world
  const view = deriveView({ context, reference, openings })
  if (!view) throw new Error(`no view of ${reference}`)
  formatJson(view as unknown as Json)
  return view
}
