"""What people call the intents of the policy. An intent that only the policy knows is called by its name."""

from __future__ import annotations

from desk.phrases import marked as _

INTENT: dict[str, str] = {
    "delivery_status": _("Where is my delivery"),
    "delivery_problem": _("Problem with a delivery"),
    "order_change": _("Change an order"),
    "order_cancel": _("Cancel an order"),
    "returns": _("Return"),
    "refund": _("Refund"),
    "invoice": _("Invoice"),
    "payment_problem": _("Problem with a payment"),
    "contract_cancel": _("Cancel a contract"),
    "contract_change": _("Change a contract"),
    "account_login": _("Sign-in to the account"),
    "account_data_change": _("Change account data"),
    "technical_fault": _("Technical fault"),
    "outage": _("Outage"),
    "how_to": _("How to"),
    "product_advice": _("Advice on products"),
    "availability": _("Availability"),
    "warranty": _("Warranty"),
    "complaint": _("Complaint"),
    "praise": _("Praise"),
    "product_idea": _("Idea for a product"),
    "privacy_request": _("Privacy request"),
    "job_application": _("Job application"),
    "press_enquiry": _("Press enquiry"),
    "partnership": _("Partnership"),
    "phishing_report": _("Report of phishing"),
    "safety_hazard": _("Danger"),
    "legal_threat": _("Legal threat"),
    "human_please": _("Wants a person"),
    "greeting": _("Greeting"),
    "thanks": _("Thanks"),
    "goodbye": _("Goodbye"),
    "out_of_scope": _("Fits nothing we know"),
}


def intent_name(intent: str) -> str:
    """The English text for an intent."""
    return INTENT.get(intent, intent.replace("_", " "))
