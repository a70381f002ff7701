// What to type: a word of which every letter leaves fewer rows on both pages, so that every keystroke has a result.

/** A word from the people's names, five letters at most. */
export function narrowingWord(people, groupNames) {
  const texts = people.map((person) => {
    const short = `${person.name}\n${person.email}`.toLowerCase();
    const groups = person.auto_groups.map((id) => groupNames.get(id) ?? id);
    return { short, long: [short, person.id, person.role.replace("_", " "), person.role, ...groups].join("\n").toLowerCase() };
  });
  const words = new Set(people.slice(0, 500).flatMap((person) => person.name.toLowerCase().match(/[a-z]{3,}/g) ?? []));
  let best = "";
  for (const word of words) {
    const usable = narrowing(word.slice(0, 5), texts);
    if (usable.length > best.length) best = usable;
    if (best.length === 5) break;
  }
  return best;
}

/** The longest beginning of `word` of which every letter leaves fewer rows, but some. */
function narrowing(word, texts) {
  let left = { short: texts, long: texts };
  for (let length = 1; length <= word.length; length++) {
    const part = word.slice(0, length);
    const next = {
      short: left.short.filter(({ short }) => short.includes(part)),
      long: left.long.filter(({ long }) => long.includes(part)),
    };
    const fewer = next.short.length < left.short.length && next.long.length < left.long.length;
    if (!fewer || next.short.length === 0) return word.slice(0, length - 1);
    left = next;
  }
  return word;
}
