// What to type: a word of which every letter leaves fewer rows on both pages, so that every keystroke has a result.

/** As the console compares: without capitals and accents. */
const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");

/** A word from the people's names, five letters at most. */
export function narrowingWord(people, groupNames) {
  const texts = people.map((person) => {
    const short = `${person.name}\n${person.email}`.toLowerCase();
    const groups = person.auto_groups.map((id) => groupNames.get(id) ?? id);
    const long = [person.name, person.email, person.id, person.role, person.role.replace("_", " "), ...groups].join("\n");
    return { short, long: plain(long) };
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
