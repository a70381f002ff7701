//! Words for refusals: why a control is disabled. They travel with what has such controls.

use super::p;
use super::words::invite_refusal;
use crate::domain::guard::Refusal;

/// Why a control is disabled.
pub fn refusal(refusal: &Refusal) -> String {
    let words = match refusal {
        Refusal::NoPermission(..) | Refusal::NoLocalSignIn | Refusal::NoProviderManager => {
            return invite_refusal(refusal).unwrap_or_default();
        }
        Refusal::OnlyAdmins => p().refused_only_admins(),
        Refusal::OwnBlock => p().refused_own_block(),
        Refusal::OwnRole => p().refused_own_role(),
        Refusal::OwnDeletion => p().refused_own_deletion(),
        Refusal::OwnersRole => p().refused_owners_role(),
        Refusal::OwnerBlock => p().refused_owner_block(),
        Refusal::OwnerDeletion => p().refused_owner_deletion(),
        Refusal::OnlyOwnerGivesOwner => p().refused_owner_gives(),
        Refusal::OwnershipTransfer => p().refused_transfer(),
        Refusal::ServiceOwner => p().refused_service_owner(),
        Refusal::Integration => p().refused_integration(),
        Refusal::WaitsForApproval => p().refused_waits(),
        Refusal::UnknownRole => p().refused_unknown_role(),
        Refusal::OthersTokens => p().refused_others_tokens(),
        Refusal::ServiceTokens => p().refused_service_tokens(),
        Refusal::NotWaiting => p().refused_not_waiting(),
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::permission::Operation;

    #[test]
    fn a_missing_grant_is_named() {
        let module = crate::domain::permission::Module::Users;
        assert_eq!(
            refusal(&Refusal::NoPermission(module, Operation::Create)),
            "Your role does not include “users: create”."
        );
    }
}
