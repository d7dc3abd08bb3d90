/** Companies a seeded workspace knows; only the quiet hour touches them. */
export const companyNames: { name: string; domain: string }[] = [
  { name: 'Soylent', domain: 'soylent.example' },
  { name: 'Hooli', domain: 'hooli.example' },
  { name: 'Stark Industries', domain: 'stark.example' },
  { name: 'Wayne Enterprises', domain: 'wayne.example' },
  { name: 'Tyrell', domain: 'tyrell.example' },
  { name: 'Wonka', domain: 'wonka.example' },
  { name: 'Cyberdyne', domain: 'cyberdyne.example' },
  { name: 'Aperture', domain: 'aperture.example' },
  { name: 'Massive Dynamic', domain: 'massive.example' },
  { name: 'Vandelay Imports', domain: 'vandelay.example' },
  { name: 'Dunder Mifflin', domain: 'dunder.example' },
  { name: 'Monsters', domain: 'monsters.example' },
]

/** First and last names; the empty one is a person Attio knows only by e-mail address. */
export const peopleNames: [first: string, last: string][] = [
  ['Barbara', 'Liskov'],
  ['Donald', 'Knuth'],
  ['Frances', 'Allen'],
  ['John', 'Backus'],
  ['Radia', 'Perlman'],
  ['Tony', 'Hoare'],
  ['Margaret', 'Hamilton'],
  ['Niklaus', 'Wirth'],
  ['Shafi', 'Goldwasser'],
  ['Leslie', 'Lamport'],
  ['Annie', 'Easley'],
  ['', ''],
]
