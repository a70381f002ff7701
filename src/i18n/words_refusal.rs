//! Words for refusals: why a control is disabled. They travel with what has such controls.

use super::t_later;
use super::words::invite_refusal;
use crate::domain::guard::Refusal;

/// Why a control is disabled.
pub fn refusal(refusal: &Refusal) -> String {
    let words = match refusal {
        Refusal::NoPermission(..) | Refusal::NoLocalSignIn | Refusal::NoProviderManager => {
            return invite_refusal(refusal).unwrap_or_default();
        }
        Refusal::OnlyAdmins => t_later().refused_only_admins(),
        Refusal::OwnBlock => t_later().refused_own_block(),
        Refusal::OwnRole => t_later().refused_own_role(),
        Refusal::OwnDeletion => t_later().refused_own_deletion(),
        Refusal::OwnersRole => t_later().refused_owners_role(),
        Refusal::OwnerBlock => t_later().refused_owner_block(),
        Refusal::OwnerDeletion => t_later().refused_owner_deletion(),
        Refusal::OnlyOwnerGivesOwner => t_later().refused_owner_gives(),
        Refusal::OwnershipTransfer => t_later().refused_transfer(),
        Refusal::ServiceOwner => t_later().refused_service_owner(),
        Refusal::Integration => t_later().refused_integration(),
        Refusal::WaitsForApproval => t_later().refused_waits(),
        Refusal::UnknownRole => t_later().refused_unknown_role(),
        Refusal::OthersTokens => t_later().refused_others_tokens(),
        Refusal::ServiceTokens => t_later().refused_service_tokens(),
        Refusal::NotWaiting => t_later().refused_not_waiting(),
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
