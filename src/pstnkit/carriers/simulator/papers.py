"""Papers: agreements that travel through an e-signature service, and documents that are handed in."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pstnkit.carriers.simulator.clock import write_time
from pstnkit.carriers.simulator.messages import Fields, Refusal, Reply, bad, exactly_one
from pstnkit.carriers.simulator.office import Office


@dataclass
class Envelope:
    """An agreement on its way to a signer: delivered, then signed or declined."""

    id: str
    kind: str
    customer: str
    email: str
    signer: str
    subject: str
    client_reference: str
    sent_at: datetime
    state: str = "delivered"


class Papers:
    """Send agreements, keep documents, and be the mailbox in which people find the agreements."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._envelopes: dict[str, Envelope] = {}
        self._documents: set[str] = set()

    def send_agreement(self, ask: Fields) -> Reply:
        """Send an agreement; mail arrives at once."""
        envelope = Envelope(id=self._office.ids.next("EN"), sent_at=self._office.clock.now, **ask)
        self._envelopes[envelope.id] = envelope
        self._tell(envelope, "sent", email=envelope.email)
        self._tell(envelope, "delivered", email=envelope.email)
        return self.view(envelope.id)

    def view(self, envelope_id: str) -> Reply:
        """An envelope as the carrier writes it."""
        envelope = self._find(envelope_id)
        return {
            "envelope": envelope.id,
            "state": envelope.state,
            "kind": envelope.kind,
            "client_reference": envelope.client_reference,
        }

    def signed_authorization(self, envelope_id: str) -> bool:
        """Whether this is a letter of authorization that has been signed."""
        envelope = self._envelopes.get(envelope_id)
        return (
            envelope is not None and envelope.kind == "letter_of_authorization" and envelope.state == "signed"
        )

    def upload_document(self, ask: Fields) -> Reply:
        """Keep a document, or a reference to one."""
        exactly_one(ask, "content_base64", "reference")
        size = None
        if ask["content_base64"] is not None:
            try:
                size = len(base64.b64decode(ask["content_base64"], validate=True))
            except (binascii.Error, ValueError):
                raise bad("content_base64", "must be base64") from None
        document = self._office.ids.next("DC")
        self._documents.add(document)
        return {"document": document, "name": ask["name"], "size": size}

    def refuse_unknown_documents(self, documents: list[str] | None) -> None:
        """Refuse documents that were never handed in."""
        for document in documents or ():
            if document not in self._documents:
                raise Refusal("not_found", f"no document {document}")

    def mailbox(self, ask: Fields) -> Reply:
        """The envelopes that wait for a signature at an e-mail address."""
        return {
            "envelopes": [
                {
                    "envelope": envelope.id,
                    "kind": envelope.kind,
                    "customer": envelope.customer,
                    "signer": envelope.signer,
                    "subject": envelope.subject,
                    "client_reference": envelope.client_reference,
                    "sent_at": write_time(envelope.sent_at),
                }
                for envelope in self._envelopes.values()
                if envelope.state == "delivered" and envelope.email.casefold() == ask["email"].casefold()
            ]
        }

    def sign(self, ask: Fields) -> Reply:
        """The signer signs now."""
        envelope = self._open(ask["envelope"])
        envelope.state = "signed"
        self._tell(envelope, "signed", signer=envelope.signer, signed_at=write_time(self._office.clock.now))
        return {"envelope": envelope.id, "state": envelope.state}

    def decline(self, ask: Fields) -> Reply:
        """The signer declines now."""
        envelope = self._open(ask["envelope"])
        envelope.state = "declined"
        self._tell(envelope, "declined", signer=envelope.signer, reason=ask["reason"])
        return {"envelope": envelope.id, "state": envelope.state}

    def _find(self, envelope_id: str) -> Envelope:
        envelope = self._envelopes.get(envelope_id)
        if envelope is None:
            raise Refusal("not_found", f"no envelope {envelope_id}")
        return envelope

    def _open(self, envelope_id: str) -> Envelope:
        envelope = self._find(envelope_id)
        if envelope.state != "delivered":
            raise Refusal(
                "envelope_closed", f"{envelope.id} is {envelope.state} already", state=envelope.state
            )
        return envelope

    def _tell(self, envelope: Envelope, name: str, **facts: Any) -> None:
        self._office.journal.tell(
            f"envelope.{name}",
            envelope=envelope.id,
            client_reference=envelope.client_reference,
            kind=envelope.kind,
            **facts,
        )
