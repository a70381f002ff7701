//! The text files of the checkout, read once a rule.

use std::fs;
use std::path::Path;

/// Folders that hold what was built, downloaded or written at run time.
const NOT_OURS: [&str; 7] = [
    "target",
    "node_modules",
    ".git",
    ".build",
    ".standin",
    "test-results",
    "dist",
];

/// One text file.
pub struct File {
    /// Path from the root of the checkout, with `/`.
    pub path: String,
    /// What it says.
    pub text: String,
}

impl File {
    /// The lines with their numbers, from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }

    /// The lines that are not comments of `//`.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.lines().filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// Whether the name ends in one of these.
    pub fn is(&self, extensions: &[&str]) -> bool {
        Path::new(&self.path)
            .extension()
            .is_some_and(|found| extensions.iter().any(|wanted| found == *wanted))
    }

    /// The path without folder and ending.
    pub fn stem(&self) -> &str {
        Path::new(&self.path)
            .file_stem()
            .and_then(|stem| stem.to_str())
            .unwrap_or_default()
    }

    /// `path:line: what`, as editors understand it.
    pub fn at(&self, line: usize, what: &str) -> String {
        format!("{}:{line}: {}", self.path, what.trim())
    }
}

/// The text files of the checkout.
pub struct Repository {
    files: Vec<File>,
}

impl Repository {
    /// Reads every text file that is ours. A file that is no UTF-8 is none of these rules' business.
    pub fn read() -> Self {
        let mut files = Vec::new();
        collect(root(), "", &mut files);
        files.sort_by(|one, other| one.path.cmp(&other.path));
        Self { files }
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &File> {
        self.files.iter()
    }

    /// Those below a folder.
    pub fn under<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a File> {
        self.files
            .iter()
            .filter(move |file| file.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')))
    }

    /// One of them.
    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// The text of one of them, empty when it is not there.
    pub fn text(&self, path: &str) -> &str {
        self.file(path).map_or("", |file| &file.text)
    }
}

/// Reads something that was built, when it was.
pub fn built(path: &str) -> Option<String> {
    fs::read_to_string(root().join(path)).ok()
}

/// The root of the checkout.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<File>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if prefix.is_empty() {
            name.clone()
        } else {
            format!("{prefix}/{name}")
        };
        // A link to a folder would lead out of the checkout.
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            if !NOT_OURS.contains(&name.as_str()) {
                collect(&entry.path(), &path, files);
            }
        } else if let Ok(text) = fs::read_to_string(entry.path()) {
            files.push(File { path, text });
        }
    }
}
