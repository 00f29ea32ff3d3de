"""The whole story of telephone numbers, from a skipped set-up to the day they work, in one sitting.

A simulated carrier stands at the other end, on a clock that nobody has to wait for. Everything that is
printed is read back from the desk. Run it with ``make demo`` or ``pstnkit demo``.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from itertools import count, islice
from pathlib import Path
from typing import Any

import pstnkit as kit

DATA = Path(__file__).parent / "data"
ACCOUNT = kit.LosingAccount(
    carrier="Old Bell", account_number=kit.Secret("004-881-22"), business_name="Bay Bicycles Inc."
)
PEOPLE = (
    (kit.AssigneeKind.USER, "Bo Lind"),
    (kit.AssigneeKind.HUNT_GROUP, "Sales"),
    (kit.AssigneeKind.AUTO_ATTENDANT, "Front door"),
)
ONE_PORT = 5_000  # the most numbers that this carrier takes in one port, of whatever type
RULES = kit.PortRules(most_automated=ONE_PORT, most_off_net=ONE_PORT, most_manual=ONE_PORT)


class Story:
    """One customer's story. ``say`` is given each line as it happens; ``figures`` keeps what was counted."""

    def __init__(self, inventory: Path, paste: Path, seed: int, say: Callable[[str], None]) -> None:
        self.say = say
        self.figures: dict[str, Any] = {"searches": [], "messages": 0, "repeated": 0}
        self.paste = paste
        self.dice = random.Random(seed)
        self.world = kit.SimulatedWorld.starting("2026-11-20T09:00:00-08:00", seed=seed)
        ids = count(1)
        self.desk = kit.Desk(
            self.world.carrier,
            partner="Northwind Communications",
            actor="Dana at Northwind",
            clock=self.world.now,
            new_id=lambda kind: f"{kind}-{next(ids)}",
            notify=lambda notice: self.say(f"  (notice) {notice.text}"),
        )
        self.stock = kit.Inventory.from_text(inventory).free
        self.world.put_on_offer(self.stock.ranges())
        self.figures["on_offer"] = len(self.stock)
        # The area code with the most numbers is home, and the carrier's back room has some there, too.
        sizes = Counter(number.npa for number in self.stock)
        self.home = max(sorted(sizes), key=sizes.__getitem__, default="415")
        codes = (f"{self.home}{nxx}" for nxx in range(222, 911))
        rooms = (kit.NumberRange(f"{code}2000", f"{code}2011") for code in codes)
        self.world.put_in_back_room([next(r for r in rooms if self.stock.isdisjoint(r))])

    def tell(self) -> None:
        """All of it, scene by scene."""
        for number, scene in enumerate(
            (self.set_up, self.search, self.order, self.work, self.port, self.source, self.look), 1
        ):
            self.say(f"\n{number}. {scene.__doc__}\n")
            scene()

    def pass_time(self, **period: int) -> None:
        """Let time pass, and take in what the carrier sends meanwhile."""
        self.world.pass_time(**period)
        self.deliver()

    def deliver(self) -> None:
        """Hand the desk the carrier's messages as a bad network would: once to three times, shuffled."""
        post = [message for message in self.world.messages() for _ in range(self.dice.randint(1, 3))]
        self.dice.shuffle(post)
        for news in (news for message in post for news in self.desk.receive(message)):
            self.figures["messages"] += 1
            self.figures["repeated"] += news.repeated

    def sign_everything(self) -> None:
        """The customer opens the mailbox and signs what is there."""
        for envelope in self.world.mailbox(self.customer.email):
            self.world.sign(envelope)
            self.say(f"  {self.customer.signer} signs: {envelope.kind.replace('_', ' ')}")
        self.deliver()

    def set_up(self) -> None:
        """A trial customer resumes a set-up that was skipped."""
        desk = self.desk
        self.customer = desk.start_trial(
            company="Bay Bicycles", email="ada@bay-bicycles.example", timezone="America/Los_Angeles"
        )
        before = desk.skip_set_up(self.customer)
        self.say(f"{before.company} ({before.account}) skipped its set-up; it goes on at: {before.status}")
        self.say(f"  prefilled: {before.company}, {before.email}; the signer is asked for")
        desk.enter_contract_information(self.customer, signer="Ada Park")
        address = kit.CivicAddress(
            house_number="1200", street="Ansun Street", city="San Francisco", state="CA", postal_code="94107"
        )
        said = desk.enter_emergency_address(self.customer, address)
        self.say(f"  emergency address: {address}")
        assert isinstance(said, kit.AddressCorrected)
        for part in said.differences:
            self.say(f"    the carrier has {part.field} {part.proposed!r} for {part.entered!r}")
        desk.accept_address(self.customer)
        self.customer = desk.customer(self.customer)
        self.say(f"  confirmed: {self.customer.address}; set-up: {self.customer.status}")

    def find(self, *, exclude: Any = None, **wanted: Any) -> tuple[kit.NumberRange, ...]:
        """Search, and say what was found: options, or alternatives with their reasons."""
        result = self.desk.search(kit.SearchQuery(**wanted, exclude=exclude)).result
        asked = ", ".join(name if value is True else f"{name} {value}" for name, value in wanted.items())
        self.say(f"search: {asked}: {result.available:,} numbers there")
        for option in islice(result.options, 3):
            self.say(f"  {option.first:national}" + (f" to {option.last.line}" if len(option) > 1 else ""))
        for other in result.alternatives:
            self.say(f"  instead: {other.explanation}")
        options = [[str(option.first), str(option.last)] for option in result.options]
        figures = {"available": result.available, "satisfied": result.satisfied, "options": options}
        figures |= {"query": wanted, "alternatives": [str(other.kind) for other in result.alternatives]}
        self.figures["searches"].append(figures)
        return result.options or next((a.ranges for a in result.alternatives if a.ranges), ())

    def search(self) -> None:
        """Searches by state, area code, exchange and quantity; consecutive numbers; more than there is."""
        for state in kit.plan.area_code(self.home).subdivisions[:1]:
            self.find(state=state, quantity=3)
        self.find(npa=self.home, quantity=5)
        for exchange in islice((e for e in self.stock.exchanges() if e.npa == self.home), 1):
            self.find(npa=self.home, nxx=exchange.nxx, quantity=10, block=True)
        longest = max((len(run) for run in self.stock.runs(1, npa=self.home)), default=0)
        self.find(npa=self.home, quantity=min(longest + 5, 10_000), consecutive=True)
        self.run = self.find(npa=self.home, quantity=20, consecutive=True)[:1]

    def order(self) -> None:
        """A cart is filled, edited, placed, read, finished; nothing moves until the terms are signed."""
        desk = self.desk
        self.cart = desk.open_cart(self.customer)
        left = self.find(quantity=7, exclude=self.run)
        for choice in filter(None, (self.run, left[:2], left[2:7])):
            desk.add_numbers(self.cart, choice)
        if self.run:
            try:
                desk.add_numbers(desk.open_cart(self.customer), self.run)
            except kit.NumbersUnavailable as gone:
                self.say(f"  the same into another cart: {gone}")
        lines = desk.cart(self.cart).lines
        if len(lines) > 1:
            desk.remove_line(self.cart, lines[1].id)
        self.say(f"  numbers in the cart, once edited: {desk.cart(self.cart).new_numbers}")
        try:
            desk.add_port(self.cart, [kit.TelephoneNumber("6502530100")], ACCOUNT)
        except kit.PortingNotOpen as refusal:
            self.say(f"  a port is refused: {refusal}")
        if not lines:
            return
        kept: Any = desk.cart(self.cart).lines[-1]
        self.world.let_fail([kept.numbers[-1][-1:]], "line damaged")
        self.commit()
        self.pass_time(hours=1)
        self.say(desk.orders_table(self.customer))
        self.sign_everything()
        self.pass_time(minutes=10)
        self.say(desk.numbers_table(self.customer, lines=40))

    def commit(self) -> tuple[kit.NumberOrder | kit.PortOrder, ...]:
        """Place the cart, read the alerts aloud, finish, and say what the administrator has to be told."""
        confirmation = self.desk.place(self.cart)
        for alert in confirmation.alerts:
            self.say(f"  {'blocked' if alert.blocking else 'alert'}: {alert}")
        orders = self.desk.finish(confirmation, [alert.kind for alert in confirmation.alerts])
        for order in orders:
            self.say(f"  {order.id}, numbers: {order.quantity}; {order.status}")
            for sentence in order.instructions():
                self.say(f"    {sentence}")
        return orders

    def assign(self, status: kit.NumberStatus) -> None:
        """Give the first numbers of a status to a user, a hunt group and an auto attendant."""
        book = self.desk.numbers(self.customer)
        free = (number for number, record in book.having(status) if record.assignee is None)
        for number, (kind, name) in zip(list(islice(free, 3)), PEOPLE, strict=False):
            book = self.desk.assign(self.customer, [number], kit.Assignee(kind, name))
            record, can = book[number], "can" if book.usable(number) else "cannot"
            self.say(f"  {number:national} for {record.assignee}: {record.status}, {can} be used")

    def work(self) -> None:
        """Numbers that work are assigned to users, a hunt group, an auto attendant."""
        self.assign(kit.NumberStatus.UNASSIGNED)

    def port(self) -> None:
        """The customer moves to paid, and brings its old numbers along from a spreadsheet."""
        desk = self.desk
        self.say(f"  account: {desk.convert_to_paid(self.customer).account}")
        known = {number for number, record in desk.numbers(self.customer).having() if record.provisioned}
        report = kit.read_numbers(self.paste, on=self.world.now().date(), known=known)
        self.figures["paste"] = dict(report.counts) | {"numbers": len(report.numbers)}
        self.say(report.to_text() if len(report) <= 60 else f"  valid entries: {report.counts.valid:,}")
        # Who the losing carrier is the carrier's check tells; whose account it is, the customer's bill.
        bill = kit.PortFacts(account_number=ACCOUNT.account_number, business_name=ACCOUNT.business_name)
        plan = desk.plan_ports(self.customer, report, known=bill, rules=RULES)
        self.say(plan.to_text(limit=5))
        for order in plan.orders:
            desk.add_planned(self.cart, order)
        self.figures["ported"] = desk.cart(self.cart).to_port
        self.say(f"  in the cart, numbers to port: {self.figures['ported']}")
        if not self.figures["ported"]:
            return
        self.commit()
        self.pass_time(hours=2)
        self.sign_everything()
        self.assign(kit.NumberStatus.PENDING)
        self.pass_time(days=2)
        self.say(desk.numbers_table(self.customer, lines=40))
        self.pass_time(days=18, hours=23)
        self.ports()
        self.pass_time(hours=1)
        self.ports()

    def ports(self) -> None:
        """Where each port stands, with its dates."""
        for port in self.desk.orders(self.customer):
            if isinstance(port, kit.PortOrder):
                firm = f"{port.foc.at:%Y-%m-%d %H:%M %Z}" if port.foc else "not known"
                works = port.works_from.day if port.works_from else "not known"
                self.say(f"  {port.id}: {port.status}; firm date (FOC): {firm}; works from: {works}")

    def source(self) -> None:
        """An advanced order takes five days, and gets its numbers when the carrier names them."""
        self.desk.add_request(self.cart, quantity=12, npa=self.home)
        [advanced] = self.commit()
        self.sign_everything()
        self.pass_time(days=4)
        self.say(f"  after four days: {self.desk.order(advanced).status}")
        self.pass_time(days=1)
        self.say(f"  after five: {self.desk.order(advanced).status}")

    def look(self) -> None:
        """What the operator sees in the end."""
        self.say(self.desk.orders_table(self.customer) + "\n")
        self.say(self.desk.numbers_table(self.customer, lines=40))
        counts = self.desk.numbers(self.customer).counts
        self.figures["numbers"] = {str(status): count for status, count in counts.items()}
        self.say("\n{messages} messages, {repeated} repeated; nothing happened twice.".format(**self.figures))


if __name__ == "__main__":
    Story(DATA / "numbers_on_offer.txt", DATA / "numbers_to_port.tsv", 1, print).tell()
