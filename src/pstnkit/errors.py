"""What can go wrong, as types: blame is in the class.

Every error of pstnkit is a :class:`PstnkitError`. Three bases say who has to act; the leaves stand beside the thing
that they are about and are exported, like it, by :mod:`pstnkit`::

    PstnkitError
    |-- CallerError (also ValueError)         the input is wrong, and the message says where
    |   |-- InvalidNumber                     a text that is no telephone number
    |   |-- UnknownAreaCode                   a text that cannot be an area code
    |   |-- InvalidAreaCodeFilter             a question to the plan that it does not know
    |   |-- UnreadableSource                  a paste that cannot be opened or decoded
    |   |-- UnknownColumn                     a column that the pasted table does not have
    |   |-- CorruptData                       saved bytes, or a table, that are damaged
    |   |   |-- DamagedSave                   every fault of a saved text, with its path
    |   |   |-- NewerFormat                   a text that a later release has saved
    |   |   `-- DamagedTable                  every fault of a table, with its line
    |   |       |-- DamagedReport             the administrator's report of area codes
    |   |       |-- DamagedPlan               the bundled plan's own form
    |   |       |-- DamagedCorrections        the corrections that go on top of a report
    |   |       |-- DamagedTimezones          the time zones that a plan is built with
    |   |       `-- InvalidExchangeTable      a table of exchanges, of the user's own or published
    |   |-- InvalidQuery                      a search that says too little, too much or nonsense
    |   |   `-- UnknownFilter (also TypeError)
    |   |-- UnknownHold                       an id that no hold is known by
    |   |-- NaiveTime                         a time that does not say its zone
    |   |-- UnknownTimeZone                   a text that names no zone
    |   |-- NoNpacRegion                      a number that is ported in no region
    |   |-- InvalidCalendar                   a holiday, a calendar or hours of business that cannot be
    |   |-- InvalidPolicy                     a policy with a value that it cannot have
    |   |-- InvalidAddress                    fields that cannot be those of an address
    |   |-- NotDispatchable                   an address that is no dispatchable location
    |   |-- MissingReason                     an override without a word why
    |   |-- MissingSigner                     contract information without a signer
    |   |-- InvalidContact                    a company or e-mail address that is none
    |   |-- FutureConversion                  a move to paid that is still to come
    |   |-- FutureSignature                   a signature that is still to come
    |   |-- UnknownLine                       a line that the cart does not have
    |   |-- NotARequest                       a line that has its numbers, asked for another count
    |   |-- NoNumbersYet                      a line that asks for numbers, and has none to change
    |   |-- OtherCustomersCart                a line moved to the cart of another customer
    |   |-- NotInCart                         numbers taken out of a cart that does not have them
    |   |-- EmptyLine                         a line of a cart without numbers
    |   |-- NotABlock                         numbers that were to be a block and are none
    |   |-- EmptyCart                         a cart without lines, placed
    |   |-- IncompleteLetter                  a letter of authorization without something that it needs
    |   |-- NotPlanned                        a number that is in no order of a plan of ports
    |   |-- UnknownAlert                      a text that names no kind of alert
    |   |-- WorldRefused                      what cannot happen in a simulated world
    |   |-- SecretNotHere                     a secret whose text did not come along
    |   |-- NothingToCorrect                  a supplement without a change
    |   |-- UnknownRecord                     an id that the partner has no record of
    |   `-- UnsupportedFilter                 a filter that the carrier does not have
    |-- DecisionError                         the rules say no, and nothing has changed
    |   |-- DecisionRefused                   the state of a record does not allow it
    |   |   `-- AlreadyAssigned               a number is somebody else's
    |   |-- DateNotPermitted                  a day for which a port cannot be asked
    |   |-- NumbersUnavailable                numbers that are gone
    |   |-- HoldEnded                         a hold that has run out or was given back
    |   |-- HoldConflict                      a hold's id that stands for something else
    |   |-- NotPurchased                      numbers given back that were never bought
    |   |-- PortingNotOpen                    a port on a trial
    |   |-- BlockNotSplit                     a part of a block that goes only as a whole
    |   |-- AlreadyInCart                     numbers that another line of the cart has
    |   |-- CannotFinish                      alerts that block, or were not read
    |   |-- CartChanged                       a cart that is no longer what was confirmed
    |   |-- ConfirmationLapsed                a confirmation that was not finished in time
    |   |-- NotProposed                       an address that the carrier did not propose
    |   |-- NotThisAddress                    an override of the check of another address
    |   |-- NoAddress                         an address to be checked that nobody has entered
    |   |-- NoAddressInEffect                 numbers to be registered where there is no address yet
    |   |-- NotThisCustomers                  a number that the customer does not have
    |   |-- NeedsNewRequest                   a change of a port that no supplement can make
    |   |-- TooLateToChange                   a change too shortly before a port's firm date
    |   |-- OrderNotOver                      numbers given back before their order is over
    |   |-- StaleRecord                       a record that somebody else has changed
    |   `-- CarrierRefused                    the carrier says no
    `-- CarrierError                          the carrier erred, or is not to be reached
        |-- CarrierSilent                     no answer came
        `-- UnreadableAnswer                  an answer that its interface does not know

"""

from __future__ import annotations


class PstnkitError(Exception):
    """Base of every error that pstnkit raises on purpose."""


class CallerError(PstnkitError, ValueError):
    """The input is wrong, and the message says where and how to mend it."""


class DecisionError(PstnkitError):
    """A decision was refused by the rules; nothing has changed."""


class CarrierError(PstnkitError):
    """A carrier erred: it gave no answer, or one that its own interface does not know."""
