//! Owns finding a file of the console: only below its folder, precompressed when the browser can read that.

use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use axum::http::header::HeaderValue;

use super::{INDEX, header_file};

/// A file on its way out.
pub struct File {
    pub bytes: Vec<u8>,
    pub content_type: HeaderValue,
    /// An entity tag with its quotes.
    pub tag: String,
    pub encoding: Option<&'static str>,
    /// Whether what is sent depends on `Accept-Encoding`.
    pub has_encodings: bool,
}

impl File {
    /// JSON that is made at run time.
    pub fn generated(bytes: Vec<u8>) -> Self {
        let tag = format!("\"{:x}-{:x}\"", crc32fast::hash(&bytes), bytes.len());
        Self {
            bytes,
            content_type: content_type("json"),
            tag,
            encoding: None,
            has_encodings: false,
        }
    }
}

/// The file that a path names, `/` being the start page.
pub fn find(dist: &Path, path: &str, accept_encoding: &str) -> Option<File> {
    let plain = locate(dist, path)?;
    let metadata = regular(&plain)?;
    let content_type = content_type(extension(&plain));
    let packed = [("br", ".br"), ("gzip", ".gz")].map(|(encoding, suffix)| {
        let mut name = plain.clone().into_os_string();
        name.push(suffix);
        let sibling = PathBuf::from(name);
        regular(&sibling).map(|metadata| (encoding, sibling, metadata))
    });
    let has_encodings = packed.iter().any(Option::is_some);
    let chosen = packed
        .into_iter()
        .flatten()
        .find(|(encoding, _, _)| accepts(accept_encoding, encoding));
    let (encoding, path, metadata) = match chosen {
        Some((encoding, path, metadata)) => (Some(encoding), path, metadata),
        None => (None, plain, metadata),
    };
    let bytes = std::fs::read(&path).ok()?;
    Some(File {
        tag: tag(&metadata, encoding),
        bytes,
        content_type,
        encoding,
        has_encodings,
    })
}

/// Where a path leads, when that is a name below the folder that may be sent.
fn locate(dist: &Path, path: &str) -> Option<PathBuf> {
    let path = percent_encoding::percent_decode_str(path).decode_utf8().ok()?;
    let path = path.strip_prefix('/')?;
    let mut file = dist.to_path_buf();
    if path.is_empty() {
        file.push(INDEX);
        return Some(file);
    }
    for segment in path.split('/') {
        // A leading dot covers `.`, `..` and hidden files.
        if segment.is_empty() || segment.starts_with('.') || segment.contains(['\\', '\0', ':']) {
            return None;
        }
        file.push(segment);
    }
    if path == header_file::NAME {
        return None;
    }
    // A link must not lead out of the folder either.
    let real = file.canonicalize().ok()?;
    real.starts_with(dist.canonicalize().ok()?).then_some(file)
}

fn regular(path: &Path) -> Option<Metadata> {
    std::fs::metadata(path).ok().filter(Metadata::is_file)
}

fn tag(metadata: &Metadata, encoding: Option<&str>) -> String {
    let modified = metadata
        .modified()
        .ok()
        .and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    let modified = modified.map_or(0, |since| since.as_nanos());
    format!("\"{modified:x}-{:x}{}\"", metadata.len(), encoding.unwrap_or_default())
}

/// Whether an `Accept-Encoding` allows `encoding` (`q=0` forbids it).
fn accepts(accept: &str, encoding: &str) -> bool {
    accept.split(',').any(|part| {
        let mut pieces = part.split(';').map(str::trim);
        let name = pieces.next().unwrap_or_default();
        let weight = pieces
            .find_map(|piece| piece.strip_prefix("q="))
            .map_or(1.0, |q| q.parse().unwrap_or(0.0));
        name.eq_ignore_ascii_case(encoding) && weight > 0.0
    })
}

fn extension(path: &Path) -> &str {
    path.extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default()
}

/// Whether a path names a file of the kinds a console has. An id with a dot in it, the end of many addresses, does not.
pub fn names_a_file(path: &str) -> bool {
    TYPES.iter().any(|(known, _)| *known == extension(Path::new(path)))
}

/// What files of a console are, by extension.
const TYPES: [(&str, &str); 15] = [
    ("html", "text/html; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("wasm", "application/wasm"),
    ("json", "application/json; charset=utf-8"),
    ("map", "application/json; charset=utf-8"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("ico", "image/x-icon"),
    ("woff2", "font/woff2"),
    ("txt", "text/plain; charset=utf-8"),
    ("webmanifest", "application/manifest+json"),
    ("br", "application/octet-stream"),
    ("gz", "application/octet-stream"),
];

fn content_type(extension: &str) -> HeaderValue {
    let known = TYPES.iter().find(|(known, _)| *known == extension);
    HeaderValue::from_static(known.map_or("application/octet-stream", |(_, content_type)| content_type))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_outside_the_folder_is_found() {
        let root = tempfile::tempdir().unwrap();
        let dist = root.path().join("dist");
        std::fs::create_dir_all(dist.join("assets")).unwrap();
        for (name, text) in [
            ("dist/index.html", "i"),
            ("dist/assets/a.js", "a"),
            ("dist/_headers", "h"),
            ("dist/.env", "e"),
            ("secret", "s"),
        ] {
            std::fs::write(root.path().join(name), text).unwrap();
        }
        std::os::unix::fs::symlink(root.path().join("secret"), dist.join("link.txt")).unwrap();
        assert_eq!(find(&dist, "/", "").unwrap().bytes, b"i");
        assert_eq!(find(&dist, "/assets/a.js", "").unwrap().bytes, b"a");
        for path in [
            "/../secret",
            "/%2e%2e/secret",
            "/..%2fsecret",
            "/assets/../../secret",
            "/assets/..%5c..%5csecret",
            "//index.html",
            "/_headers",
            "/%5fheaders",
            "/.env",
            "/link.txt",
            "/assets",
            "/assets/",
            "/%00",
            "/missing.js",
            "relative",
        ] {
            assert!(find(&dist, path, "").is_none(), "{path}");
        }
    }

    #[test]
    fn packed_files_go_to_who_can_read_them() {
        let dist = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("a.wasm", "plain"),
            ("a.wasm.br", "brotli"),
            ("a.wasm.gz", "gzip"),
            ("b.css", "plain"),
        ] {
            std::fs::write(dist.path().join(name), text).unwrap();
        }
        let found = |path: &str, accept: &str| {
            let file = find(dist.path(), path, accept).unwrap();
            (
                String::from_utf8(file.bytes).unwrap(),
                file.encoding,
                file.has_encodings,
            )
        };
        assert_eq!(
            found("/a.wasm", "gzip, deflate, br, zstd"),
            ("brotli".to_owned(), Some("br"), true)
        );
        assert_eq!(found("/a.wasm", "gzip;q=0.5"), ("gzip".to_owned(), Some("gzip"), true));
        assert_eq!(found("/a.wasm", "br;q=0"), ("plain".to_owned(), None, true));
        assert_eq!(found("/b.css", "br"), ("plain".to_owned(), None, false));
        assert_eq!(
            find(dist.path(), "/a.wasm", "br").unwrap().content_type,
            "application/wasm"
        );
    }
}
