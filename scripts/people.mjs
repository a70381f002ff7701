// Says who one can sign in as: the stand-in names its demo people.
const [address] = process.argv.slice(2);
const people = await (await fetch(new URL("_standin/people", address))).json();
const owner = people.find((person) => person.role === "owner" && person.password) ?? people.find((person) => person.password);
if (owner) {
  console.log(`Sign in as ${owner.name} (${owner.role}): ${owner.email}, password ${owner.password}`);
  console.log("or choose anybody else from the list on the sign-in page.");
}
