"""What people call the intents of the policy. An intent that only the policy knows is called by its name.

INTENT is for those who answer. ASKED is for contacts, in words of their own, on buttons: at most LONGEST_ASKED
characters in every language, so that a phone shows them whole.
"""

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


LONGEST_ASKED = 32

ASKED: dict[str, str] = {
    "delivery_status": _("Where is my delivery?"),
    "delivery_problem": _("Something arrived wrong or not"),
    "order_change": _("Change my order"),
    "order_cancel": _("Cancel my order"),
    "returns": _("Send something back"),
    "refund": _("I want my money back"),
    "invoice": _("My invoice"),
    "payment_problem": _("Trouble with a payment"),
    "contract_cancel": _("Cancel my contract"),
    "contract_change": _("Change my contract"),
    "account_login": _("I cannot sign in"),
    "account_data_change": _("Change my details"),
    "technical_fault": _("Something does not work"),
    "outage": _("Is there an outage?"),
    "how_to": _("How do I do it?"),
    "product_advice": _("Which product fits me?"),
    "availability": _("Can I get it?"),
    "warranty": _("Repair or warranty"),
    "complaint": _("I want to complain"),
    "praise": _("I want to praise something"),
    "product_idea": _("I have an idea for you"),
    "privacy_request": _("My data and privacy"),
    "job_application": _("Jobs and applications"),
    "press_enquiry": _("I write for the press"),
    "partnership": _("Work together with you"),
    "phishing_report": _("A suspicious message"),
    "safety_hazard": _("Something is dangerous"),
    "legal_threat": _("A legal matter"),
    "human_please": _("Talk to a person"),
}
"""Without what nobody asks about: greetings, thanks, and what fits nothing."""


def asked_as(intent: str) -> str:
    """The English text for an intent as a contact would say it."""
    return ASKED.get(intent) or intent_name(intent)


def intent_name(intent: str) -> str:
    """The English text for an intent."""
    return INTENT.get(intent, intent.replace("_", " "))
