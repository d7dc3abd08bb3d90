import type { AttributeType } from '../world/types.ts'

/** How an attribute is written down here; what is left out is false, null or empty. */
export interface AttributeSeed {
  slug: string
  title: string
  type: AttributeType
  description?: string
  system?: boolean
  readOnly?: boolean
  required?: boolean
  unique?: boolean
  multiselect?: boolean
  archived?: boolean
  enriched?: boolean
  currencyCode?: string
  /** Slugs of the objects a reference may point to. */
  objects?: string[]
  /** Titles; one that starts with `-` is archived. */
  choices?: string[]
}

export interface ObjectSeed {
  slug: string
  singular: string
  plural: string
  attributes: AttributeSeed[]
}

/** What every record or entry carries by itself. */
export const ownAttributes = (idSlug: 'record_id' | 'entry_id'): AttributeSeed[] => [
  { slug: idSlug, title: idSlug === 'record_id' ? 'Record ID' : 'Entry ID', type: 'text', system: true, readOnly: true, unique: true },
  { slug: 'created_at', title: 'Created at', type: 'timestamp', system: true, readOnly: true },
  { slug: 'created_by', title: 'Created by', type: 'actor-reference', system: true, readOnly: true },
]

const found = (slug: string, title: string, type: AttributeType, more: Partial<AttributeSeed> = {}): AttributeSeed => ({
  slug,
  title,
  type,
  system: true,
  ...more,
})

const social = [
  found('angellist', 'AngelList', 'text'),
  found('facebook', 'Facebook', 'text'),
  found('instagram', 'Instagram', 'text'),
  found('linkedin', 'LinkedIn', 'text'),
  found('twitter', 'Twitter', 'text'),
  found('twitter_follower_count', 'Twitter follower count', 'number'),
]

const interactions = [
  found('first_interaction', 'First interaction', 'interaction', { readOnly: true, enriched: true }),
  found('last_interaction', 'Last interaction', 'interaction', { readOnly: true, enriched: true }),
  found('strongest_connection_user', 'Strongest connection user', 'actor-reference', { readOnly: true, enriched: true }),
]

/** Attio's five standard objects with the attributes they come with, and one custom object that has no `name`. */
export const objectSeeds: ObjectSeed[] = [
  {
    slug: 'people',
    singular: 'Person',
    plural: 'People',
    attributes: [
      found('name', 'Name', 'personal-name'),
      found('email_addresses', 'Email addresses', 'email-address', { unique: true, multiselect: true }),
      found('description', 'Description', 'text'),
      found('company', 'Company', 'record-reference', { objects: ['companies'] }),
      found('job_title', 'Job title', 'text'),
      found('avatar_url', 'Avatar URL', 'text'),
      found('phone_numbers', 'Phone numbers', 'phone-number', { multiselect: true }),
      found('primary_location', 'Primary location', 'location'),
      ...social,
      ...interactions,
      { slug: 'newsletter', title: 'Newsletter', type: 'checkbox' },
    ],
  },
  {
    slug: 'companies',
    singular: 'Company',
    plural: 'Companies',
    attributes: [
      found('domains', 'Domains', 'domain', { unique: true, multiselect: true }),
      found('name', 'Name', 'text'),
      found('description', 'Description', 'text'),
      found('team', 'Team', 'record-reference', { objects: ['people'], multiselect: true }),
      found('categories', 'Categories', 'select', {
        multiselect: true,
        choices: ['SaaS', 'B2B', 'Healthcare', 'Manufacturing', '-Dot-com'],
      }),
      found('primary_location', 'Primary location', 'location'),
      found('logo_url', 'Logo URL', 'text'),
      ...social,
      found('estimated_arr_usd', 'Estimated ARR', 'select', { choices: ['<$1M', '$1M-$10M', '$10M-$50M', '$50M-$100M'] }),
      found('funding_raised_usd', 'Funding raised', 'currency', { currencyCode: 'USD' }),
      found('employee_range', 'Employee range', 'select', { choices: ['1-10', '11-50', '51-250', '251-1K'] }),
      found('foundation_date', 'Foundation date', 'date'),
      ...interactions,
      { slug: 'account_owner', title: 'Account owner', type: 'actor-reference' },
      { slug: 'fit', title: 'Fit', type: 'rating' },
      { slug: 'fax', title: 'Fax', type: 'phone-number', archived: true },
    ],
  },
  {
    slug: 'deals',
    singular: 'Deal',
    plural: 'Deals',
    attributes: [
      found('name', 'Deal name', 'text', { required: true }),
      found('stage', 'Deal stage', 'status', {
        required: true,
        choices: ['Lead', 'In Progress', 'Proposal sent', 'Negotiation', 'Won 🎉', 'Lost', '-Stalled'],
      }),
      found('owner', 'Owner', 'actor-reference'),
      found('value', 'Deal value', 'currency', { currencyCode: 'USD' }),
      found('associated_people', 'Associated people', 'record-reference', { objects: ['people'], multiselect: true }),
      found('associated_company', 'Company', 'record-reference', { objects: ['companies'] }),
      { slug: 'close_date', title: 'Close date', type: 'date' },
      { slug: 'seats', title: 'Seats', type: 'number' },
      { slug: 'next_step', title: 'Next step', type: 'text' },
    ],
  },
  {
    slug: 'users',
    singular: 'User',
    plural: 'Users',
    attributes: [
      found('user_id', 'User ID', 'text', { required: true, unique: true }),
      found('primary_email_address', 'Primary email address', 'email-address', { unique: true }),
      found('person', 'Person', 'record-reference', { objects: ['people'] }),
      found('workspace', 'Workspace', 'record-reference', { objects: ['workspaces'], multiselect: true }),
    ],
  },
  {
    slug: 'workspaces',
    singular: 'Workspace',
    plural: 'Workspaces',
    attributes: [
      found('workspace_id', 'Workspace ID', 'text', { required: true, unique: true }),
      found('name', 'Name', 'text'),
      found('users', 'Users', 'record-reference', { objects: ['users'], multiselect: true }),
      found('company', 'Company', 'record-reference', { objects: ['companies'] }),
      found('avatar_url', 'Avatar URL', 'text'),
    ],
  },
  {
    slug: 'projects',
    singular: 'Project',
    plural: 'Projects',
    attributes: [
      { slug: 'project_title', title: 'Project title', type: 'text' },
      { slug: 'client', title: 'Client', type: 'record-reference', objects: ['companies'] },
      { slug: 'phase', title: 'Phase', type: 'status', choices: ['Planned', 'Running', 'Done', '-Parked'] },
      { slug: 'kick_off', title: 'Kick-off', type: 'timestamp' },
      { slug: 'budget', title: 'Budget', type: 'currency', currencyCode: 'EUR' },
      { slug: 'billable', title: 'Billable', type: 'checkbox' },
      { slug: 'lead', title: 'Lead', type: 'actor-reference' },
      { slug: 'site', title: 'Site', type: 'location' },
    ],
  },
]
