import { type AttioClient, type AttributeReply, namingSlugs } from '@worksights/attio'
import { needUnlessForbidden } from './failure.ts'
import { patiently } from './patience.ts'

/** Finds the attributes whose change renames a record, whoever made it: their events keep names true. None where we may not look. */
export async function findNamingAttributes(attio: AttioClient): Promise<string[]> {
  const objects = needUnlessForbidden(await patiently(() => attio.listObjects()), [])
  const ofEach = await Promise.all(
    objects.map(async object =>
      namingAmong(needUnlessForbidden(await patiently(() => attio.listAttributes('objects', object.id.object_id)), [])),
    ),
  )
  return ofEach.flat()
}

function namingAmong(attributes: AttributeReply[]): string[] {
  const live = attributes.filter(attribute => !attribute.is_archived)
  const known = live.filter(attribute => attribute.api_slug !== null && namingSlugs.includes(attribute.api_slug))
  // An object without a name is called by its first text, and any of its texts may be that one.
  const naming = known.some(attribute => attribute.api_slug === 'name')
    ? known
    : [...known, ...live.filter(attribute => attribute.type === 'text' && !known.includes(attribute))]
  return naming.map(attribute => attribute.id.attribute_id)
}
