//! Owns the modal dialog, on the browser's own `<dialog>`: inert background, Tab kept inside, focus back at the end.

use super::button::{Button, ButtonKind};
use super::icon::glyph;
use super::support::effect;
use super::support::{focus, next_id, say};
use crate::ui::support::drawn::{ContentFn, Draw, Drawn};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// How wide a dialog is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DialogSize {
    /// 420 px: a question.
    Confirm,
    /// 560 px: a form, a secret.
    #[default]
    Form,
    /// 640 px: the palette.
    Palette,
    /// 720 px, a full page on a phone: a review, bulk work.
    Review,
}

impl DialogSize {
    fn class(self) -> &'static str {
        match self {
            Self::Confirm => "dialog dialog-confirm",
            Self::Form => "dialog",
            Self::Palette => "dialog dialog-palette",
            Self::Review => "dialog dialog-review",
        }
    }
}

/// A modal dialog. Its content exists only while it is open: keep drafts that must outlive it outside.
///
/// The focus goes to what has `autofocus` inside, else to the title. At the end it returns to what had it, or to the
/// heading of the page when that is gone (a deleted row). A click beside the dialog does nothing: it would lose input.
#[component]
pub fn Dialog(
    /// Whether it is open; the caller's to change.
    #[prop(into)]
    open: Signal<bool>,
    /// Called on Escape and on the close button.
    #[prop(into)]
    on_close: Callback<()>,
    /// The name of the dialog.
    #[prop(into)]
    title: TextProp,
    /// One muted line under the title.
    #[prop(optional, into)]
    subtitle: Option<TextProp>,
    /// How wide.
    #[prop(optional)]
    size: DialogSize,
    /// The name of the × in the head; without it there is none, and the foot must have a button that closes.
    #[prop(optional, into)]
    close_label: Option<TextProp>,
    /// Escape does nothing while this is true: something is being saved, a secret is not kept yet.
    #[prop(optional, into)]
    locked: Signal<bool>,
    /// An `alertdialog`, described by its body: a question that must be answered.
    #[prop(optional)]
    alert: bool,
    /// The buttons at the end: note, gap, secondary, primary.
    #[prop(optional, into)]
    foot: Option<ContentFn>,
    /// What is in it.
    children: ContentFn,
) -> Drawn {
    let open = Memo::new(move |_| open.get());
    (move || {
        if !open.get() {
            return ().draw();
        }
        let (title_id, body_id) = (next_id(), next_id());
        let (labelled_by, described_by) = (title_id.clone(), alert.then(|| body_id.clone()));
        let node = modal(on_close, locked);
        let children = children.clone();
        let close = close_label.clone().map(|label| {
            view! {
                <Button label=label kind=ButtonKind::Quiet icon=glyph::CLOSE icon_only=true on_click=move || {
                    if !locked.get_untracked() {
                        on_close.run(());
                    }
                } />
            }
        });
        view! {
            <dialog
                class=size.class()
                role=alert.then_some("alertdialog")
                aria-modal="true"
                closedby=move || if locked.get() { "none" } else { "closerequest" }
                on:keydown=move |event: ev::KeyboardEvent| {
                    // Where `closedby` is not known, a second Escape would close it whatever `cancel` says.
                    if locked.get_untracked() && event.key() == "Escape" {
                        event.prevent_default();
                    }
                }
                aria-labelledby=labelled_by
                aria-describedby=described_by
                node_ref=node
                on:cancel=move |event: ev::Event| {
                    // The caller decides; the browser must not close it by itself.
                    event.prevent_default();
                    if !locked.get_untracked() {
                        on_close.run(());
                    }
                }
            >
                <div class="dialog-head">
                    <div>
                        <h2 id=title_id tabindex="-1">
                            {say(title.clone())}
                        </h2>
                        {subtitle.clone().map(|text| view! { <p class="dialog-sub">{say(text)}</p> })}
                    </div>
                    {close}
                </div>
                <div class="dialog-body" id=body_id>
                    {children.run()}
                </div>
                {foot.as_ref().map(|foot| view! { <div class="dialog-foot">{foot.run()}</div> })}
            </dialog>
        }
        .draw()
    })
    .draw()
}

/// Opens the element as a modal as soon as it is in the page; closes it, with the focus returned, when its owner ends.
fn modal(on_close: Callback<()>, locked: Signal<bool>) -> NodeRef<html::Dialog> {
    let node = NodeRef::<html::Dialog>::new();
    let invoker = StoredValue::new_local(focus::active());
    let opened = StoredValue::new_local(None::<(web_sys::HtmlDialogElement, Closure<dyn FnMut()>)>);
    effect(move || {
        let Some(dialog) = node.get() else { return };
        if dialog.open() || dialog.show_modal().is_err() {
            return;
        }
        keep_page_still();
        if focus::find(&dialog, "[autofocus]").is_none()
            && let Some(title) = focus::find(&dialog, "h2")
        {
            focus::focus(&title);
        }
        // A second Escape in a row closes a dialog whatever its page says: a locked one opens again, for another the
        // caller's signal must follow.
        let again = dialog.clone();
        let closed = Closure::<dyn FnMut()>::new(move || {
            if locked.try_get_untracked() == Some(true) && again.is_connected() {
                let _ = again.show_modal();
            } else {
                let _ = on_close.try_run(());
            }
        });
        let _ = dialog.add_event_listener_with_callback("close", closed.as_ref().unchecked_ref());
        opened.set_value(Some((dialog, closed)));
    });
    on_cleanup(move || {
        if let Some((dialog, closed)) = opened.try_update_value(Option::take).flatten() {
            let _ = dialog.remove_event_listener_with_callback("close", closed.as_ref().unchecked_ref());
            dialog.close();
            keep_page_still();
            focus::return_to(invoker.try_update_value(Option::take).flatten());
        }
    });
    node
}

/// Tells the style sheet whether the page behind a dialog has to keep its place. A rule with `:has(dialog[open])` would
/// make the browser look through the whole page for one with every row that changes.
fn keep_page_still() {
    if let Some(root) = document().document_element() {
        let _ = root.toggle_attribute_with_force("data-modal", focus::dialog_is_open());
    }
}
