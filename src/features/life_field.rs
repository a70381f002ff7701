//! The field for how long an invite link works: hours or days, with the moment it ends.

use leptos::prelude::*;

use crate::browser::clock;
use crate::domain::invite::{LifeProblem, LifeUnit, life_seconds};
use crate::features::faces;
use crate::i18n::{t, t_keys};
use crate::ui::amount_input::AmountInput;
use crate::ui::field::Field;
use crate::ui::support::Choice;
use crate::ui::support::drawn::{Draw, Drawn};

/// The field.
#[component]
pub fn LifeField(
    /// The number, as typed.
    #[prop(into)]
    life: Signal<String>,
    /// Called with the whole text at every change.
    #[prop(into)]
    on_life: Callback<String>,
    /// Its unit.
    #[prop(into)]
    unit: Signal<LifeUnit>,
    /// Called with the unit that was chosen.
    #[prop(into)]
    on_unit: Callback<LifeUnit>,
) -> Drawn {
    let seconds = Memo::new(move |_| life.with(|life| life_seconds(life, unit.get())));
    let help = move || {
        let Ok(seconds) = seconds.get() else {
            return String::new();
        };
        #[allow(clippy::cast_precision_loss, reason = "exact for some million years")]
        let end = clock::now_ms() + seconds as f64 * 1000.0;
        t_keys().invite_life_until(&faces::date(end), &faces::time_of_day(end))
    };
    // At once: the words follow what is typed as the moment of the end does.
    let error = Signal::derive(move || seconds.get().err().map(|problem| problem_words(problem, unit.get())));
    let units = Signal::stored(
        LifeUnit::ALL
            .map(|unit| Choice::new(unit.as_str(), unit_name(unit)))
            .to_vec(),
    );
    view! {
        <Field label=t_keys().invite_life() help=help error=error>
            <AmountInput
                value=life
                on_input=on_life
                units=units
                unit=Signal::derive(move || unit.get().as_str().to_owned())
                on_unit=move |name: String| on_unit.run(LifeUnit::parse(&name))
                unit_name=t_keys().invite_life_unit()
            />
        </Field>
    }
    .draw()
}

fn unit_name(unit: LifeUnit) -> &'static str {
    match unit {
        LifeUnit::Hours => t_keys().invite_life_hours(),
        LifeUnit::Days => t_keys().invite_life_days(),
    }
}

fn problem_words(problem: LifeProblem, unit: LifeUnit) -> String {
    match problem {
        LifeProblem::NotANumber => t_keys().invite_life_number().to_owned(),
        LifeProblem::TooShort => t_keys().invite_life_short().to_owned(),
        LifeProblem::TooLong => {
            let most = [t().number(unit.most()).as_str(), " ", unit_name(unit)].concat();
            t_keys().invite_life_long(&most)
        }
    }
}

/// Until when a link works, in words; `None` when the server did not say.
pub fn link_ends(seconds: Option<i64>) -> Option<String> {
    #[allow(clippy::cast_precision_loss, reason = "exact for some million years")]
    let end = seconds? as f64 * 1000.0;
    let (date, time) = (faces::date(end), faces::time_of_day(end));
    Some(t_keys().invite_link_ends(&date, &time))
}
