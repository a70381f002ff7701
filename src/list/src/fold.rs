//! Text folded for comparison, so that a search and a sort do not depend on how somebody typed a name.
//!
//! Folding makes letters small, drops the marks of Latin letters (`Müller` and `Muller` find each other, `Österberg`
//! sorts beside `Oster`) and drops combining marks, so that the composed and the decomposed form of a Latin name are the
//! same. Other scripts are only made small where they have capitals. The tables cover the Latin letters of European
//! languages and of Vietnamese; a full Unicode collation would cost more than the whole list crate.

/// One ASCII letter for each of U+00C0 to U+017F; `*` = written with two letters, or no letter (`×`, `÷`).
const LATIN: &[u8; 192] = b"aaaaaa*ceeeeiiiidnooooo*ouuuuy**\
                           aaaaaa*ceeeeiiiidnooooo*ouuuuy*y\
                           aaaaaaccccccccddddeeeeeeeeeegggg\
                           gggghhhhiiiiiiiiii**jjkkklllllll\
                           lllnnnnnnnnnoooooo**rrrrrrssssss\
                           ssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// One ASCII letter for each pair (capital, small) of U+1EA0 to U+1EF9, the Vietnamese letters.
const VIETNAMESE: &[u8; 45] = b"aaaaaaaaaaaaeeeeeeeeiioooooooooooouuuuuuuyyyy";

/// Appends to `out` what a text is compared by: ASCII as it came, because a comparison ignores its capitals at no cost,
/// anything else folded. So nearly all texts of an account are kept once. Says whether what was appended differs.
pub(crate) fn compared_into(text: &str, out: &mut Vec<u8>) -> bool {
    if text.is_ascii() {
        out.extend_from_slice(text.as_bytes());
        return false;
    }
    let start = out.len();
    for letter in text.chars() {
        fold_char(letter, out);
    }
    out.get(start..) != Some(text.as_bytes())
}

/// The folded form of `text`.
pub fn fold(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    for letter in text.chars() {
        fold_char(letter, &mut bytes);
    }
    // Folding writes whole characters, so nothing is ever replaced here.
    String::from_utf8(bytes).unwrap_or_default()
}

fn fold_char(letter: char, out: &mut Vec<u8>) {
    if letter.is_ascii() {
        out.extend(u8::try_from(letter).map(|byte| byte.to_ascii_lowercase()));
        return;
    }
    if let Some(plain) = plain_latin(letter) {
        out.push(plain);
        return;
    }
    match letter {
        // Combining marks belong to the letter before them.
        '\u{300}'..='\u{36f}' => {}
        'ß' | 'ẞ' => out.extend_from_slice(b"ss"),
        'æ' | 'Æ' => out.extend_from_slice(b"ae"),
        'œ' | 'Œ' => out.extend_from_slice(b"oe"),
        'þ' | 'Þ' => out.extend_from_slice(b"th"),
        'ĳ' | 'Ĳ' => out.extend_from_slice(b"ij"),
        // The form at the end of a word is the same letter.
        'ς' => push_char('σ', out),
        _ => letter.to_lowercase().for_each(|small| push_char(small, out)),
    }
}

/// The ASCII letter of a Latin letter with marks.
fn plain_latin(letter: char) -> Option<u8> {
    let code = u32::from(letter);
    let plain = match code {
        0xc0..=0x17f => LATIN.get(usize::try_from(code - 0xc0).ok()?).copied()?,
        0x1a0 | 0x1a1 => b'o',
        0x1af | 0x1b0 => b'u',
        0x218 | 0x219 => b's',
        0x21a | 0x21b => b't',
        0x1ea0..=0x1ef9 => VIETNAMESE.get(usize::try_from((code - 0x1ea0) / 2).ok()?).copied()?,
        _ => return None,
    };
    (plain != b'*').then_some(plain)
}

fn push_char(letter: char, out: &mut Vec<u8>) {
    out.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_and_marks_do_not_matter() {
        for (text, folded) in [
            ("Ada LOVELACE", "ada lovelace"),
            ("Müller", "muller"),
            ("Mu\u{308}ller", "muller"),
            ("STRAẞE", "strasse"),
            ("Æsir Œuvre Þór Ĳssel", "aesir oeuvre thor ijssel"),
            ("Łukasz Żółć", "lukasz zolc"),
            ("Đặng Nguyễn Ưng Ỹ Ơ", "dang nguyen ung y o"),
            ("Ștefan Țepeș", "stefan tepes"),
            ("İstanbul ISPARTA ısı", "istanbul isparta isi"),
            ("ΟΔΟΣ οδος", "οδοσ οδοσ"),
            ("ИВАН Ёж", "иван ёж"),
            ("李小龍 ﺎﺣﻣد", "李小龍 ﺎﺣﻣد"),
            ("2 × 3 ÷ 4", "2 × 3 ÷ 4"),
            ("", ""),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn every_latin_letter_of_the_tables_has_its_own_base() {
        for (letters, base) in [
            ("ÀÁÂÃÄÅàáâãäåĀāĂăĄąẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặ", "a"),
            ("ÇçĆćĈĉĊċČč", "c"),
            ("ÐðĎďĐđ", "d"),
            ("ÈÉÊËèéêëĒēĔĕĖėĘęĚěẸẹẺẻẼẽẾếỀềỂểỄễỆệ", "e"),
            ("ĜĝĞğĠġĢģ", "g"),
            ("ĤĥĦħ", "h"),
            ("ÌÍÎÏìíîïĨĩĪīĬĭĮįİıỈỉỊị", "i"),
            ("Ĵĵ", "j"),
            ("Ķķĸ", "k"),
            ("ĹĺĻļĽľĿŀŁł", "l"),
            ("ÑñŃńŅņŇňŉŊŋ", "n"),
            ("ÒÓÔÕÖØòóôõöøŌōŎŏŐőƠơỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợ", "o"),
            ("ŔŕŖŗŘř", "r"),
            ("ŚśŜŝŞşŠšſȘș", "s"),
            ("ŢţŤťŦŧȚț", "t"),
            ("ÙÚÛÜùúûüŨũŪūŬŭŮůŰűŲųƯưỤụỦủỨứỪừỬửỮữỰự", "u"),
            ("Ŵŵ", "w"),
            ("ÝýÿŶŷŸỲỳỴỵỶỷỸỹ", "y"),
            ("ŹźŻżŽž", "z"),
        ] {
            for letter in letters.chars() {
                assert_eq!(fold(&letter.to_string()), base, "{letter}");
            }
        }
    }

    #[test]
    fn only_what_is_not_ascii_is_folded_to_be_compared() {
        let mut out = Vec::new();
        assert!(!compared_into("Ada@example.com", &mut out));
        assert!(!compared_into("李", &mut out));
        assert!(compared_into("Éa", &mut out));
        assert!(compared_into("É", &mut out));
        assert_eq!(out, "Ada@example.com李eae".as_bytes());
    }
}
