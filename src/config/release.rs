//! What `version.json` says: whether the server has another program than the one that runs here.

use serde_json::Value;

/// Whether the server's program is another than `running`, the address of this page's glue. `false` also where the answer
/// is none of ours: what cannot be read is no news.
pub fn is_another(version: &str, running: &str) -> bool {
    let version = serde_json::from_str::<Value>(version).unwrap_or_default();
    let Some(program) = version.get("program").and_then(Value::as_str) else {
        return false;
    };
    !program.is_empty() && !running.is_empty() && running.rsplit('/').next() != Some(program)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUNNING: &str = "./assets/roost-0123456789abcdef.js";

    #[test]
    fn the_program_that_runs_is_no_news() {
        let same = r#"{"version":"0.2.0","commit":"c0ffee","program":"roost-0123456789abcdef.js"}"#;
        assert!(!is_another(same, RUNNING));
    }

    #[test]
    fn another_program_is() {
        assert!(is_another(r#"{"program":"roost-fedcba9876543210.js"}"#, RUNNING));
        // The end of a name is not the name.
        assert!(is_another(r#"{"program":"0123456789abcdef.js"}"#, RUNNING));
    }

    #[test]
    fn what_cannot_be_read_is_no_news() {
        for answer in [
            "",
            "null",
            "[]",
            "<!doctype html><title>Sign in to the network</title>",
            r#"{"version":"9.0.0"}"#,
            r#"{"program":""}"#,
            r#"{"program":7}"#,
            r#"{"program":"roost-fedcba98"#,
        ] {
            assert!(!is_another(answer, RUNNING), "{answer}");
        }
        assert!(
            !is_another(r#"{"program":"roost-fedcba9876543210.js"}"#, ""),
            "a page that names none"
        );
    }
}
