//! The devices of one person, as far as a person's page shows them (`contract` 2.15).

use roost_list::natural_key;

use super::action::Action;
use super::permission::Permissions;
use super::time::Moment;

/// A device: a peer that somebody signed in on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// Opaque id.
    pub id: String,
    /// Name; somebody else's words.
    pub name: String,
    /// Address in the network; may be empty.
    pub address: String,
    /// The user it belongs to; empty when it was added by a setup key.
    pub user_id: String,
    /// Whether it is connected now.
    pub is_online: bool,
    /// When it was last seen.
    pub last_seen: Moment,
    /// Whether its user must sign in on it again.
    pub needs_sign_in: bool,
    /// Whether it waits for approval.
    pub needs_approval: bool,
}

/// How a device stands: the one thing that matters most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceState {
    /// It waits for approval.
    Waiting,
    /// Its user must sign in on it again.
    SignedOut,
    /// Connected.
    Online,
    /// Not connected.
    Offline,
}

impl Device {
    /// How it stands.
    pub fn state(&self) -> DeviceState {
        if self.needs_approval {
            DeviceState::Waiting
        } else if self.needs_sign_in {
            DeviceState::SignedOut
        } else if self.is_online {
            DeviceState::Online
        } else {
            DeviceState::Offline
        }
    }
}

/// Whether the server's answer leaves out devices that may be there: without the grant it shows one's own at most, and
/// not even those where the account hides everything from its users.
pub fn are_hidden(permissions: &Permissions, is_own: bool) -> bool {
    !Action::SeeDevices.is_granted(permissions) && (permissions.is_restricted || !is_own)
}

/// The devices of one user, those that are connected first, then by name.
pub fn of_user(devices: Vec<Device>, user: &str) -> Vec<Device> {
    let mut own: Vec<Device> = devices
        .into_iter()
        .filter(|device| !user.is_empty() && device.user_id == user)
        .collect();
    own.sort_by_cached_key(|device| (!device.is_online, natural_key(&device.name), device.id.clone()));
    own
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A device for other modules' tests.
    pub(crate) fn device(id: &str, user: &str) -> Device {
        Device {
            id: id.to_owned(),
            name: format!("Name of {id}"),
            address: "100.64.0.1".to_owned(),
            user_id: user.to_owned(),
            is_online: false,
            last_seen: Moment::Never,
            needs_sign_in: false,
            needs_approval: false,
        }
    }

    #[test]
    fn only_their_own_devices_and_those_online_first() {
        let mut online = device("c", "u");
        online.is_online = true;
        let all = vec![
            device("b", "u"),
            device("a", "u"),
            online,
            device("x", "v"),
            device("s", ""),
        ];
        let ids: Vec<String> = of_user(all.clone(), "u").into_iter().map(|device| device.id).collect();
        assert_eq!(ids, ["c", "a", "b"]);
        assert_eq!(of_user(all, ""), [], "devices added by a setup key are nobody's");
    }

    #[test]
    fn what_needs_somebody_goes_before_online_or_not() {
        let mut one = device("a", "u");
        assert_eq!(one.state(), DeviceState::Offline);
        one.is_online = true;
        assert_eq!(one.state(), DeviceState::Online);
        one.needs_sign_in = true;
        assert_eq!(one.state(), DeviceState::SignedOut);
        one.needs_approval = true;
        assert_eq!(one.state(), DeviceState::Waiting);
    }
}
