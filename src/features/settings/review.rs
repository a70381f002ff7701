//! The review before a save: old and new, what follows, a tick for what is dangerous, mine or theirs where both changed.

use leptos::prelude::*;

use super::editor::{Conflict, Editor};
use crate::domain::settings::{Change, Consequence, Field, Side, Warning, Weight, consequences, is_recorded, warning};
use crate::features::step_up::StepUp;
use crate::i18n::words_settings::{consequence_words, field_words, section_name, tick_words, warning_words};
use crate::i18n::{t, t_session, t_settings};
use crate::ui::button::{Button, ButtonKind};
use crate::ui::checkbox::Checkbox;
use crate::ui::dialog::{Dialog, DialogSize};
use crate::ui::icon::{Icon, glyph};
use crate::ui::note::Note;
use crate::ui::radio_group::RadioGroup;
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::{Choice, Tone, effect};

const MINE: &str = "mine";
const THEIRS: &str = "theirs";

/// A change with all that is said about it.
#[derive(Clone, PartialEq, Eq)]
struct Line {
    change: Change,
    follows: Vec<Consequence>,
    warning: Option<Warning>,
    is_recorded: bool,
}

impl Line {
    fn ticks(&self) -> impl Iterator<Item = Tick> {
        let dangerous = self.follows.iter().filter(|one| one.weight() == Weight::Danger);
        dangerous.map(|one| (self.change.field, one.clone()))
    }
}

/// What is ticked: a consequence of a change. Another count is another question.
type Tick = (Field, Consequence);

fn lines(editor: Editor) -> Vec<Line> {
    let facts = editor.facts();
    let all = editor.with_draft(|account, draft| {
        let changes = Change::all(account, draft).into_iter();
        let lines = changes.map(|change| Line {
            follows: consequences(&change, account, draft, &facts),
            // How it is stored is what the review shows anyway.
            warning: warning(account, draft, change.field).filter(|one| !matches!(one, Warning::StoredAs(_))),
            is_recorded: is_recorded(&change, account, draft),
            change,
        });
        lines.collect()
    });
    all.unwrap_or_default()
}

/// The dialog.
pub fn review(editor: Editor) -> Drawn {
    let ticked = RwSignal::new(Vec::<Tick>::new());
    // Only while it is open, and so are the ticks: those of an earlier review are none for this one.
    let all = Memo::new(move |_| {
        if editor.reviewing.get() {
            lines(editor)
        } else {
            Vec::new()
        }
    });
    let open_ticks = Memo::new(move |_| {
        let mut open: Vec<Tick> = all.with(|all| all.iter().flat_map(Line::ticks).collect());
        open.retain(|tick| !ticked.with(|ticked| ticked.contains(tick)));
        open.len()
    });
    let count = move || all.with(|all| u64::try_from(all.len()).unwrap_or_default());
    let opens_the_door = Memo::new(move |_| {
        let is_off = |line: &Line| {
            line.follows
                .iter()
                .any(|one| matches!(one, Consequence::ApprovalOff(_)))
        };
        all.with(|all| {
            all.iter()
                .filter(|line| is_off(line))
                .any(|line| is_mine(editor, line.change.field))
        })
    });
    let step_up = StepUp::before(opens_the_door.into());
    let refused = Signal::derive(move || {
        if editor.conflicts.with(|all| all.iter().any(|one| one.side.is_none())) {
            return Some(t_settings().review_choose_first().to_owned());
        }
        let ticks = open_ticks.get();
        let unticked = (ticks > 0).then(|| t_settings().review_tick_first(u64::try_from(ticks).unwrap_or_default()));
        unticked.or_else(|| step_up.refusal())
    });
    effect(move || {
        if !editor.reviewing.get() {
            ticked.set(Vec::new());
        }
    });
    let close = Callback::new(move |()| editor.reviewing.set(false));
    let foot = move || {
        view! {
            <p class="dialog-note">{move || refused.get()}</p>
            <Button label=t_settings().review_back() on_click=move || if !editor.busy.get_untracked() { close.run(()) } />
            <Button
                label=move || t_settings().review_save(count())
                kind=ButtonKind::Primary
                busy=editor.busy
                busy_label=t_settings().review_saving()
                disabled_reason=refused
                on_click=move || if step_up.is_done() { editor.save() }
            />
        }
        .draw()
    };
    view! {
        <Dialog
            open=editor.reviewing
            on_close=close
            title=move || t_settings().review_title(count())
            size=DialogSize::Review
            close_label=t().close()
            locked=editor.busy
            foot=foot
        >
            <div class="stack">
            <div role="alert">{move || editor.moved.get().map(|text| view! { <Note tone=Tone::Warning text=text /> })}</div>
            {move || editor.is_uncounted().then(|| view! { <Note text=t_settings().review_facts_unknown() /> })}
            <ul class="entries">
                {move || all.get().into_iter().map(|line| entry(editor, line, ticked)).collect::<Vec<_>>()}
            </ul>
            {step_up.view(t_session().step_up_approvals())}
            <div role="status">
                {move || editor.waiting.get().then(|| view! { <Note text=t_settings().leave_waits() /> })}
            </div>
            <div role="alert">{move || editor.error.get().map(|text| view! { <Note tone=Tone::Danger text=text /> })}</div>
            </div>
        </Dialog>
    }
    .draw()
}

fn entry(editor: Editor, line: Line, ticked: RwSignal<Vec<Tick>>) -> Drawn {
    let Line {
        change,
        follows,
        warning,
        is_recorded,
    } = line;
    let field = change.field;
    let (name, _) = field_words(field);
    let (before, after) = (change.before, change.after);
    let follows = follows.into_iter().map(|one| consequence(field, one, ticked));
    let not_recorded = (!is_recorded).then(|| remark(Weight::Info, t_settings().review_not_recorded().to_owned()));
    view! {
        <li class="review-entry">
            <div class="section-head">
                <h3>{name}</h3>
                <span class="small muted">{section_name(field.entry().section)}</span>
            </div>
            <p class="row">
                <span class="visually-hidden">{t_settings().review_old()}</span>
                <del class="muted">{move || editor.words(field, &before)}</del>
                <Icon glyph=glyph::TO />
                <span class="visually-hidden">{t_settings().review_new()}</span>
                <span class="strong">{move || editor.words(field, &after)}</span>
            </p>
            {move || question(editor, field)}
            {warning.map(|one| remark(Weight::Warning, warning_words(&one)))}
            {follows.collect::<Vec<_>>()}
            {not_recorded}
        </li>
    }
    .draw()
}

/// A sentence about a change, with its icon.
fn remark(weight: Weight, words: String) -> Drawn {
    let (class, icon) = match weight {
        Weight::Info => ("remark muted", glyph::INFO),
        Weight::Warning | Weight::Danger => ("remark remark-warning", glyph::TRIANGLE),
    };
    view! {
        <p class=class>
            <Icon glyph=icon />
            <span>{words}</span>
        </p>
    }
    .draw()
}

fn consequence(field: Field, one: Consequence, ticked: RwSignal<Vec<Tick>>) -> Drawn {
    let words = consequence_words(&one);
    let weight = one.weight();
    let Some(label) = tick_words(&one).filter(|_| weight == Weight::Danger) else {
        return remark(weight, words);
    };
    let tick = (field, one);
    let asked = tick.clone();
    let checked = Signal::derive(move || ticked.with(|all| all.contains(&asked)));
    let change = move |on: bool| {
        ticked.update(|all| {
            all.retain(|known| *known != tick);
            if on {
                all.push(tick.clone());
            }
        });
    };
    view! {
        <Note tone=Tone::Warning text=words>
            <Checkbox label=label checked=checked on_change=change />
        </Note>
    }
    .draw()
}

/// Whether a change is sent: not where the other side's is to stay.
fn is_mine(editor: Editor, field: Field) -> bool {
    let is_given_up = |one: &Conflict| one.field == field && one.side == Some(Side::Theirs);
    !editor.conflicts.with(|all| all.iter().any(is_given_up))
}

/// The question about a field that both sides changed.
fn question(editor: Editor, field: Field) -> Option<Drawn> {
    let find = move |all: &Vec<Conflict>| all.iter().find(|one| one.field == field).cloned();
    let conflict = editor.conflicts.with_untracked(find)?;
    let theirs = editor.with(|account| account.get(field).clone()).unwrap_or_default();
    let choices = vec![
        Choice::new(MINE, t_settings().review_mine(&editor.words(field, &conflict.mine))),
        Choice::new(THEIRS, t_settings().review_theirs(&editor.words(field, &theirs))),
    ];
    let value = Signal::derive(move || match editor.conflicts.with(find).and_then(|one| one.side) {
        Some(Side::Mine) => MINE.to_owned(),
        Some(Side::Theirs) => THEIRS.to_owned(),
        None => String::new(),
    });
    let answer = move |chosen: String| {
        let side = if chosen == MINE { Side::Mine } else { Side::Theirs };
        editor.conflicts.update(|all| {
            for one in all.iter_mut().filter(|one| one.field == field) {
                one.side = Some(side);
            }
        });
    };
    let choices = Signal::stored(choices);
    Some(
        view! { <RadioGroup legend=t_settings().review_conflict() choices=choices value=value on_change=answer /> }
            .draw(),
    )
}
