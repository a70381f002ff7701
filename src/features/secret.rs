//! The dialog of a one-time secret. It cannot be lost by Escape, a click beside it, Back or a reload; it closes when the
//! reader has copied or downloaded the secret, or says that they have saved it, and then nothing of it is left.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::chunk::chunk;
use crate::browser::{clipboard, clock, download, leaving};
use crate::domain::secret::{Secret, SecretKind};
use crate::features::later::{Part, fetched, opened};
use crate::i18n::t_keys;
use crate::state::console::Console;
use crate::state::secrets::Secrets;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::dialog::Dialog;
use crate::ui::icon::glyph;
use crate::ui::note::Note;
use crate::ui::secret_box::SecretBox;
use crate::ui::support::Tone;
use crate::ui::support::drawn::{Draw, Drawn};

chunk!(panels, load_secret: fn draw_secret(secrets: Secrets) -> Drawn {
    view! { <SecretDialog secrets=secrets /> }.draw()
});

/// Where the session's secret is shown. Its part of the program must be here before the secret is: see [`ready`].
#[component]
pub fn SecretPlace() -> Drawn {
    place(Console::get().secrets)
}

/// The same for a secret that belongs to no session.
pub fn place(secrets: Secrets) -> Drawn {
    let part = Part::new(load_secret, move || draw_secret(secrets));
    // The part was fetched before the secret was asked for, so that this cannot fail.
    opened(move || secrets.is_open(), part, Callback::new(|()| ()))
}

/// Fetches what shows a secret. Ask before the server is asked for one: `false` means that it could not be shown.
pub async fn ready() -> bool {
    fetched(Box::pin(load_secret())).await
}

/// What became of a copy.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    NotYet,
    Copied,
    Downloaded,
    /// The clipboard refused; the text is selected.
    Selected,
}

/// The dialog itself.
#[component]
pub fn SecretDialog(
    /// The session's secret.
    secrets: Secrets,
) -> Drawn {
    let open = Signal::derive(move || secrets.is_open());
    let title = move || {
        open.track();
        secrets.with(title_of).unwrap_or_default()
    };
    let kept = RwSignal::new(Kept::NotYet);
    let close_label = move || match kept.get() {
        Kept::Copied | Kept::Downloaded => t_keys().secret_close(),
        Kept::NotYet | Kept::Selected => t_keys().secret_saved(),
    };
    let foot = move || view! { <Button label=close_label on_click=move || secrets.close() /> };
    view! {
        <Dialog open=open on_close=|()| () title=title locked=open foot=foot>
            <Held secrets=secrets kept=kept />
        </Dialog>
    }
    .draw()
}

fn title_of(secret: &Secret) -> String {
    match secret.kind {
        SecretKind::Password => t_keys().secret_password_title(&secret.subject),
        SecretKind::Token => t_keys().secret_token_title(&secret.subject),
        SecretKind::InviteLink => t_keys().secret_invite_title(&secret.subject),
    }
}

#[component]
fn Held(secrets: Secrets, kept: RwSignal<Kept>) -> Drawn {
    kept.set(Kept::NotYet);
    let (shown, warned) = (RwSignal::new(false), RwSignal::new(false));
    let node = NodeRef::<html::Output>::new();
    leaving::hold(move || {
        warned.try_set(true);
    });
    let kind = secrets.with(|secret| secret.kind).unwrap_or(SecretKind::Token);
    let (lead, label, copy_label) = match kind {
        SecretKind::Password => (
            t_keys().secret_password_lead(),
            t_keys().secret_password(),
            t_keys().secret_copy_password(),
        ),
        SecretKind::Token => (
            t_keys().secret_token_lead(),
            t_keys().secret_token(),
            t_keys().secret_copy_token(),
        ),
        SecretKind::InviteLink => (
            t_keys().secret_invite_lead(),
            t_keys().secret_invite(),
            t_keys().secret_copy_invite(),
        ),
    };
    let ends = secrets.with(|secret| secret.ends.clone()).flatten();
    let write = move |place: &web_sys::Node| {
        secrets.with(|secret| place.set_text_content(Some(secret.text())));
    };
    let copy = move || {
        spawn_local(async move {
            let Some(text) = secrets.with(|secret| zeroize::Zeroizing::new(secret.text().to_owned())) else {
                return;
            };
            if clipboard::copy(&text).await {
                kept.try_set(Kept::Copied);
                return;
            }
            shown.try_set(true);
            // Not before it is there: what is written into an element takes its selection away.
            clock::next_frame().await;
            if let Some(node) = node.try_get_untracked().flatten() {
                clipboard::select(&node);
            }
            kept.try_set(Kept::Selected);
        });
    };
    let save = move || {
        let saved = secrets.with(|secret| download::save_text(&secret.file_name(), &secret.file_text()));
        if saved == Some(true) {
            kept.set(Kept::Downloaded);
        }
    };
    let news = move || match kept.get() {
        Kept::NotYet => String::new(),
        Kept::Copied => t_keys().secret_copied().to_owned(),
        Kept::Downloaded => t_keys().secret_downloaded().to_owned(),
        Kept::Selected => t_keys().secret_selected().to_owned(),
    };
    view! {
        <p>{lead}</p>
        {ends.map(|ends| view! { <p>{ends}</p> })}
        <SecretBox
            label=label
            write=write
            masked=Secret::masked()
            shown=shown
            node=node
            show_label=t_keys().secret_show()
            hide_label=t_keys().secret_hide()
        />
        <div class="secret-actions">
            <Button
                label=move || if kept.get() == Kept::Copied { t_keys().secret_copied_short().to_owned() } else { copy_label.to_owned() }
                icon=glyph::COPY
                kind=ButtonKind::Primary
                autofocus=true
                on_click=copy
            />
            <Button label=t_keys().secret_download() icon=glyph::DOWNLOAD on_click=save />
        </div>
        <div role="status">
            {move || Some(news()).filter(|news| !news.is_empty()).map(|news| view! { <p>{news}</p> })}
            {move || warned.get().then(|| view! { <Note tone=Tone::Warning text=t_keys().secret_stay() /> })}
        </div>
    }
    .draw()
}
